#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/http.h"
#include "base/serve.h"
#include "base/time.h"
#include "sim/town/town.h"
#include "sim/wire/faults.h"

namespace dreams::sim {

/// How the service behaves where real ones differ (property-sources B1, B4, B5).
struct ResoOptions {
    enum class Kind {
        mls_grid,  ///< its own order, gzip compulsory, one system a question, MlgCanView
        other,     ///< $orderby, $count, $skip; no word of what was withdrawn
        bridge,    ///< as other; its own, later BridgeModificationTimestamp, at most 200 rows
    };
    enum class Words { enum_type, collection, text };  ///< how enumerations come

    Kind kind = Kind::mls_grid;
    Words words = Words::text;
    std::string system = "canopy";  ///< exact, as the licence has it
    std::string prefix = "CAR";     ///< before each number, of Kind::mls_grid
    std::string token = "long-lived-token";
    /// Not empty: tokens are got for these (`/token`), and last so long.
    std::string client_id, client_secret;
    std::chrono::seconds token_lasts{3600};
    int page = 0;               ///< rows that an answer holds at most; 0: as many as are asked for
    bool says_next = true;      ///< `@odata.nextLink`; else $skip has to do
    int most_skipped = 10'000;  ///< $skip from there on is refused
    bool knows_select = true, knows_expand = true;
    /// How it never comes to an end: its links lead back to the first page, $skip is not heard and
    /// every page is full, its pages are empty and each leads to another.
    enum class Endless { no, in_a_circle, without_skip, empty_pages } endless = Endless::no;
    bool odd = true;   ///< 12.0 for integers, times without Z, texts where lists are usual
    int a_second = 2;  ///< requests; one more is a 429, and the token is suspended
};

/// A feed of an MLS over a town's homes, as RESO's Web API serves it. `answer` is the whole
/// service. Safe from several threads.
class ResoFeed {
public:
    /// Keeps references to both.
    ResoFeed(const Town& town, Clock& clock, ResoOptions options = {});
    ~ResoFeed();

    http::Response answer(const http::Request& request);
    http::Handler handler() {
        return [this](const http::Request& request) { return answer(request); };
    }
    http::Network network();  ///< without sockets; any host is this service

    ResoOptions& options();  ///< to be turned between requests
    Faults& faults();        ///< by the first part of the path: `Property`, `token`

    // What happens at the MLS, now. `number`: of a home of the town.
    void set_price(const std::string& number, std::int64_t price);
    void set_status(const std::string& number, const std::string& standard_status);
    /// It may not be seen any more. MLS Grid says so for seven days, then the row is gone; other
    /// services just drop it.
    void withdraw(const std::string& number);
    void hide_address(const std::string& number);
    /// Any field of its row, as JSON: `CloseDate`, `"TBD"`.
    void set_field(const std::string& number, const std::string& field, const std::string& json);
    /// The n-th page from now on sends whoever follows it there.
    void lead_astray(int page, const std::string& to);

    std::vector<std::string> log() const;  ///< paths with queries, as they were asked
    bool suspended() const;                ///< somebody asked faster than is allowed
    std::int64_t in_view() const;          ///< homes that may be shown

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace dreams::sim
