#pragma once

#include <string>
#include <vector>

#include "base/html.h"
#include "base/time.h"
#include "delivery/channel.h"
#include "model/home_news.h"

namespace dreams::delivery {

/// For whose eyes a text is made.
struct Reading {
    const Zone& zone;
    Instant now;
    /// What the dashboard is called, `https://dreams.example`: put before its paths. Empty: on the
    /// dashboard itself.
    std::string dashboard;
    bool links = true;  ///< whether the dashboard can be reached from where this is read

    Date today() const { return zone.date_of(now); }
    /// Where a path of the dashboard is; empty: nowhere.
    std::string at(const std::string& path) const;
};

/// `price $450,000 → $435,000 (−$15,000, −3.3%)`, `status active → pending`.
std::string move_text(const HomeMove& move);

/// `price`, `back`, `status`, `gone`: what a move is, for a page to colour.
std::string_view kind_of(const HomeMove& move);

/// How and when it was seen: `seen by your listing site, January 19, 4:05 pm`.
std::string seen_text(const HomeNews& news, const Reading& reading);

/// Who is to hear of it: `for Ana Lopez, Ben Ray and 3 more`; empty: nobody by name.
std::string clients_text(const HomeNews& news);

/// People as items of a list, each leading to their page.
html::Safe client_items(const std::vector<Client>& clients, const Reading& reading);

/// The news as items of a list.
html::Safe news_items(const std::vector<HomeNews>& news, const Reading& reading);
/// The same as lines of text.
std::string news_lines(const std::vector<HomeNews>& news, const Reading& reading);

/// One message of all the news: its subject names homes and prices, its text and page clients too.
Message news_message(const std::vector<HomeNews>& news, const Reading& reading);

}  // namespace dreams::delivery
