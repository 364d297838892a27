#include "jobs/call_rules.h"

#include <array>
#include <utility>

#include "base/text.h"

namespace dreams::jobs {
namespace {

using Rule = std::pair<std::string_view, std::string_view>;  ///< what is found, what is said

/// Stages, by a part of their name. FUB's own list has `Agents/Vendors/Lendors`, spelt so.
constexpr std::array stages{
    Rule{"trash", "trash"},    Rule{"closed", "closed"},        Rule{"vendor", "vendor"},
    Rule{"lender", "vendor"},  Rule{"lendor", "vendor"},        Rule{"agents", "vendor"},
    Rule{"realtor", "vendor"}, Rule{"do not c", "do not call"}, Rule{"dnc", "do not call"}};

/// Tags that mean "do not call", without blanks and marks.
constexpr std::array tags_meaning_no{std::string_view("dnc"), std::string_view("donotcall"),
                                     std::string_view("donotcontact"),
                                     std::string_view("donottext"), std::string_view("optout")};

}  // namespace

std::optional<std::string> barred_from_calls(std::string_view stage, std::string_view tags,
                                             bool phone_works) {
    const std::string name = text::lower(stage);
    for (const auto& [part, word] : stages)
        if (name.find(part) != std::string::npos) return std::string(word);
    for (const auto& tag : text::split(tags, ',')) {
        const auto letters = text::letters(tag);
        for (const auto no : tags_meaning_no)
            if (letters == no) return "do not call";
    }
    if (!phone_works) return "bad phone";
    return std::nullopt;
}

}  // namespace dreams::jobs
