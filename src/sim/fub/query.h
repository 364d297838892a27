#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/serve.h"
#include "base/time.h"

namespace dreams::sim {

/// The parameters of a request that its endpoint knows. FUB ignores all others without a word
/// (fub-api §0.3), and so they are not in here: a filter that FUB does not have filters nothing.
class Query {
public:
    Query(const http::Request& request, std::string_view endpoint);

    std::optional<std::string> get(std::string_view name) const;  ///< none: absent, or empty
    std::optional<std::int64_t> integer(std::string_view name) const;
    std::optional<Instant> instant(std::string_view name) const;
    bool truth(std::string_view name) const;                     ///< `true` or `1`
    std::vector<std::string> list(std::string_view name) const;  ///< comma list
    std::vector<std::int64_t> ids() const;                       ///< of `id` or `ids`

    /// Everything that chooses rows, as one text: the same text, the same rows.
    std::string filters() const;
    /// Names and values of the filters on custom fields (`customLoan=FHA`).
    std::vector<std::pair<std::string, std::string>> custom() const;

private:
    std::vector<std::pair<std::string, std::string>> known_;
};

/// Which keys of a row a request wants (`fields`).
class Fields {
public:
    explicit Fields(const Query& query);
    bool usual(std::string_view key) const;    ///< keys of the default row
    bool further(std::string_view key) const;  ///< keys that come only when asked for
    bool custom(std::string_view key) const;
    bool all() const { return all_; }

private:
    bool all_ = false, custom_ = false;
    std::set<std::string, std::less<>> named_;
};

}  // namespace dreams::sim
