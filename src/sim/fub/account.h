#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/http.h"
#include "base/serve.h"
#include "base/time.h"
#include "sim/fub/options.h"
#include "sim/town/town.h"
#include "sim/wire/faults.h"

namespace dreams::sim {

/// The fewest requests that can fetch everything once, by fub-api §18, pages of 100:
///  people, calls, events: ceil(rows / 100) each, at least 1;
///  texts: the cheaper of  Σ over the users' lines of the pages to it and the pages from it (at
///         least 1 each), and  Σ over people with a lastText of their pages;
///  emails: Σ over people with a lastEmail of their pages;
///  config: the pages of users and of stages, without which names and stages mean nothing.
struct LowerBound {
    std::int64_t people = 0, calls = 0, events = 0, texts = 0, emails = 0, config = 0;
    std::int64_t total() const { return people + calls + events + texts + emails + config; }
};
LowerBound lower_bound_full_sync(const Town& town);

/// A Follow Up Boss account over a town, as its REST API shows it (fub-api §17 A–E).
/// `answer` is the whole service: a server or a test asks it. Safe from several threads.
class FubAccount {
public:
    /// Keeps references to both. Limits count `clock.ticks()`; what is posted bears `clock.now()`.
    FubAccount(Town& town, Clock& clock, FubOptions options = {});
    ~FubAccount();

    http::Response answer(const http::Request& request);
    http::Handler handler() {
        return [this](const http::Request& request) { return answer(request); };
    }
    /// The same without sockets, for a client under test: any host is this account. An answer
    /// that a fault breaks on the wire is the Error{unavailable} that a real network throws; a
    /// stall or drip that outlasts the ask's deadline too.
    http::Network network();

    /// What goes wrong. Set up before asking; not while another thread asks.
    Faults& faults() { return faults_; }
    /// Switches may be turned between requests.
    FubOptions& options();

    // Limits (fub-api §15) -------------------------------------------------------------------
    /// From now on `context` (`global`, `events`, `notes`, `PUT.people`) allows so many in ten
    /// seconds, whoever asks.
    void set_limit(const std::string& context, int requests);
    /// Another client of the same account has just asked `requests` times.
    void spend(const std::string& context, int requests);

    // What was asked ------------------------------------------------------------------------
    struct Asked {
        std::string method, path;  ///< `GET`, `/v1/events`
        std::vector<std::pair<std::string, std::string>> query;
        int status = 0;  ///< of the answer; 0: broken on the wire
    };
    std::vector<Asked> log() const;
    std::map<std::string, int> requests() const;  ///< by endpoint, refused ones too
    int requests_in_all() const;
    void forget_log();

    LowerBound lower_bound_full_sync() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
    Faults faults_;
};

}  // namespace dreams::sim
