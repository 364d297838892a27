#pragma once

#include <array>
#include <optional>
#include <string>

#include "base/html.h"
#include "store/homes.h"
#include "web/request.h"

// What the views of `/properties` share.

namespace dreams::web {

enum class HomesView : std::uint8_t { table, photos, map };

/// What is asked of `/properties`.
struct HomesAsked {
    store::HomeFilter filter;
    HomesView view = HomesView::table;
    std::string min_typed = "", max_typed = "";  ///< prices, as they were typed
    /// Why such a price is none, for beside its field; the filter is then without it.
    std::optional<std::string> min_wrong = std::nullopt, max_wrong = std::nullopt;
};

/// Throws Error{invalid} with a sentence for whatever is asked wrongly; of a page's prices the
/// sentence is given instead, so that the rest of its form stays as it was filled in.
HomesAsked homes_asked(const Request& request);

/// The address under which the same is asked.
std::string address_of(const HomesAsked& asked);

/// The kind of a status that colours stand for: `active`, `pending`, `sold`, else `other`.
std::string_view status_kind(const std::optional<std::string>& status);

/// What lists and pages say of a home; none: it is not known.
struct HomeTexts {
    std::string name;                    ///< its address, else its MLS number, else its id
    std::optional<std::string> place;    ///< `Asheville NC 28804`
    std::optional<std::string> price;    ///< `$450,000`
    std::optional<std::string> drop;     ///< `−$15,000 since listed`
    std::optional<std::string> size;     ///< `3 bd, 2 ba, 1,840 sq ft`
    std::optional<std::string> photo;    ///< its URL
    std::optional<std::string> lookers;  ///< `3 people`
};
HomeTexts texts_of(const store::HomeLine& home);

/// A page or picture elsewhere, if what somebody wrote is the address of one.
std::optional<std::string> web_address(const std::optional<std::string>& said);

/// Where the team's site has the home of that number; none: there is no number, or no such site.
std::optional<std::string> idx_address(const std::optional<std::string>& number,
                                       const WebOptions& options);

/// The map as SVG, for wide screens (`wide`, in the usual grid) and for narrow ones.
html::Safe map_of(Db& db, store::Catalog& catalog, const HomesAsked& asked,
                  const store::HomeMap& wide);

}  // namespace dreams::web

namespace dreams {
template <>
struct Words<web::HomesView> {
    static constexpr std::array<std::pair<web::HomesView, std::string_view>, 3> list{
        {{web::HomesView::table, "table"},
         {web::HomesView::photos, "photos"},
         {web::HomesView::map, "map"}}};
};
}  // namespace dreams
