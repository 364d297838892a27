#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

// What a page's markup holds for whoever looks for a home in it. Internal to sources/.

namespace dreams::sources {

/// An element that says by its class, id, itemprop or data attribute what it holds.
struct Marked {
    std::string mark;  ///< `listing-price`, lower case; one entry a word
    bool itemprop = false;
    std::string text;  ///< of the element, or of its `content` attribute; at most 500 bytes
};

struct PageScan {
    std::string title, canonical;
    std::string saved_from;  ///< the address that a browser noted when it saved the page
    std::vector<std::pair<std::string, std::string>> meta;  ///< name or property, lower case
    std::vector<std::string> json_ld;
    std::vector<Marked> marked;
    std::vector<std::pair<std::string, std::string>> links;  ///< href, and what is written there
    std::vector<std::string> images;                         ///< addresses, in order
    /// The text that a person sees, but for menus and forms: a line a block, its pieces as tags
    /// part them.
    std::vector<std::vector<std::string>> lines;
    std::vector<std::string> notices;  ///< what was passed over, a sentence each
};

/// Takes a page apart, in one go and without keeping its tree: memory follows what is kept here,
/// of which there is a bound. `html` is UTF-8. Nothing is an error: what is broken is read as far
/// as it goes.
PageScan scan_page(std::string_view html);

/// The page without tags of more than 250 attributes, which the parser would compare each with
/// each. What stands in scripts and comments is left alone.
std::string without_monsters(std::string_view html);

}  // namespace dreams::sources
