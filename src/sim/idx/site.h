#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/http.h"
#include "base/serve.h"
#include "base/time.h"
#include "sim/town/town.h"
#include "sim/wire/faults.h"

namespace dreams::sim {

/// What a listing site shows instead of a page when it wants to be rid of a program.
enum class IdxWall {
    challenge_202,  ///< a script of AWS, status 202
    refused_403,    ///< "Access to this page has been denied"
    too_many_429,   ///< with Retry-After
    captcha_200,    ///< a captcha that calls itself a page
    captcha_503,    ///< one that calls itself a failure
};

/// How the site behaves where real ones differ or nobody knows (property-sources E).
struct IdxOptions {
    enum class Search { newer, older, none };
    enum class Unknown { redirect, not_found, sorry };  ///< of a number that it never knew
    enum class Page { structured, marked, bare };       ///< how a home's page tells of it
    /// What `/search/?q=` is: a page of homes, one that never finds any, one that a script fills
    /// in, or nothing (404).
    enum class Results { listed, deaf, by_script, none };

    Search search = Search::newer;
    Unknown unknown = Unknown::redirect;
    Page page = Page::structured;
    Results results = Results::listed;
    /// The trap: the search does not know the number as a criterion, drops it, and answers with
    /// everything. `metadata_lies`: and says that it heard it.
    bool criteria_dropped = false, metadata_lies = false;
    bool sold_are_gone = true;  ///< sold homes leave the site: "no longer available"
    bool photos_in_search = false;
    std::string robots = "User-agent: *\nDisallow: /admin/\n";  ///< empty: there is none (404)
    std::string board = "5050";
};

/// A team's listing site over a town's homes, as its pages and its search show it. `answer` is the
/// whole site: a server or a test asks it. Safe from several threads.
class IdxSite {
public:
    /// Keeps references to both.
    IdxSite(const Town& town, Clock& clock, IdxOptions options = {});
    ~IdxSite();

    http::Response answer(const http::Request& request);
    http::Handler handler() {
        return [this](const http::Request& request) { return answer(request); };
    }
    http::Network network();  ///< without sockets; any host is this site

    IdxOptions& options();  ///< to be turned between requests
    Faults& faults();       ///< by the first part of the path: `property`, `api`, `search`

    /// From its n-th request on (counted from 1) the site shows this instead of anything, but for
    /// robots.txt. None: the door is open again.
    void wall(std::optional<IdxWall> wall, int from = 1);
    /// This path leads there, be it a private address.
    void redirect(const std::string& path, const std::string& to);
    /// Whatever is asked about this number ends in a 503.
    void stumble_over(const std::string& number);
    /// The page of one number shows another's home, as sites do that reuse addresses.
    void show_another(const std::string& number, const std::string& other);
    /// A second board uses the number too, for this home.
    void use_twice(const std::string& number, const Home& other);
    /// The home is not on the site any more, whatever its status.
    void take_down(const std::string& number);
    void put_up_again(const std::string& number);
    /// The price that the site shows, instead of the town's.
    void set_price(const std::string& number, std::int64_t price);

    std::vector<std::string> log() const;  ///< paths with queries, as they were asked
    void forget_log();

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace dreams::sim
