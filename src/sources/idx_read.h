#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sources/idx.h"

// What the site's answers say. Internal to sources/idx.

namespace dreams::sources {

/// The hits of a search in JSON, newer (`[{"board","fields":{"address":{"data","raw"}}}]`) or older
/// shape (`[{"mls_number","address",…}]`). None: it is no list of homes. A hit without an address
/// is left out; `foreign` is set when one bears another number than `wanted`, `withheld` when one
/// that bears it has no address.
struct IdxHits {
    std::vector<IdxHome> homes;
    bool foreign = false, withheld = false;
};
std::optional<IdxHits> idx_hits(std::string_view body, std::string_view wanted,
                                const http::Url& site);

/// Whether the search's metadata name the MLS number among what it looked for.
bool heard_number(std::string_view body, std::string_view number);

/// What a home's page says of `wanted`.
IdxAnswer idx_page(const Fetched& page, std::string_view wanted);

/// The numbers of homes that a page of results links to with a street alike that of `wanted`, the
/// most alike as whole addresses first: a link may name no ZIP, the home's page does. None: it is
/// no page of results (it links to no home at all, and does not say that there is none either: a
/// script may draw them).
std::optional<std::vector<std::string>> idx_links(const Fetched& page, const std::string& wanted);

/// Whether two ways of writing an MLS number are one.
bool is_same_number(std::string_view a, std::string_view b);
/// `4100001` of `/property/4100001/…`; empty: it is no home's page.
std::string number_of_path(std::string_view path);

}  // namespace dreams::sources
