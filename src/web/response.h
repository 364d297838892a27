#pragma once

#include <string>
#include <string_view>

#include "base/html.h"
#include "base/serve.h"
#include "web/request.h"

namespace dreams::web {

/// The part of the dashboard that a page belongs to.
enum class Tab {
    none,
    brief,
    calls,
    people,
    homes,
    matches,
    imports,
    doubtful,
    notion,
    syncs,
    timetable,
    file
};

/// What a page needs beyond our own stylesheet.
struct PageNeeds {
    bool photos = false;   ///< it shows pictures that lie elsewhere
    bool copying = false;  ///< static/copy.js
};

/// A page around `content`: the way around, how fresh the file is, and what runs here.
http::Response page(Request& request, Tab tab, std::string_view title, const html::Safe& content,
                    PageNeeds needs = {});

http::Response json(std::string body, int status = 200);

/// What a form that changed something is answered with: a page of ours to look at, where loading
/// it again does nothing twice.
http::Response see_other(std::string location);

/// Where somebody goes on from a page that says what went wrong.
struct WayBack {
    std::string_view address = "/calls", label = "Back to the calls";
};

/// What went wrong, as a page or as the contract's JSON, whichever was asked for. `code` is for
/// programs (`not_found`), `sentence` for people.
http::Response failure(Request& request, int status, std::string_view code,
                       const std::string& sentence, WayBack back = {});

/// An address of ours with its query, for links: leaves out parameters that are empty.
std::string address(std::string_view path,
                    std::initializer_list<std::pair<std::string_view, std::string>> query);

/// Puts what every answer carries to its headers, unless it says otherwise itself: it may load
/// nothing but our own stylesheet and icon, run nothing, be framed by nobody, and be stored
/// nowhere.
void secure(http::Response& response);

}  // namespace dreams::web
