#include "model/call_rules.h"

#include <algorithm>

#include "base/text.h"

namespace dreams {
namespace {

using Rule = std::pair<std::string_view, std::string_view>;  ///< what is found, what is said

/// Stages that are not for calling, by a part of their name. FUB's own list has
/// `Agents/Vendors/Lendors`, spelt so.
constexpr std::array stages{Rule{"trash", "trash"},   Rule{"closed", "closed"},
                            Rule{"vendor", "vendor"}, Rule{"lender", "vendor"},
                            Rule{"lendor", "vendor"}, Rule{"agents", "vendor"},
                            Rule{"realtor", "vendor"}};

using Tag = std::string_view;  ///< without blanks and marks
constexpr std::array no_call_tags{Tag("dnc"), Tag("donotcall"), Tag("donotcontact"),
                                  Tag("donottext"), Tag("optout")};
constexpr std::array no_mail_tags{Tag("donotcontact"), Tag("donotemail"),  Tag("donotmail"),
                                  Tag("noemail"),      Tag("unsubscribe"), Tag("unsubscribed"),
                                  Tag("optout"),       Tag("optedout")};

bool has(std::string_view stage, std::string_view part) {
    return text::lower(stage).find(part) != std::string::npos;
}

bool tagged(std::string_view tags, const auto& known) {
    return std::ranges::any_of(text::split(tags, ','), [&](const auto& tag) {
        return std::ranges::find(known, Tag(text::letters(tag))) != known.end();
    });
}

}  // namespace

std::optional<NoCall> no_call(std::string_view stage, std::string_view tags, bool phone_works) {
    if (has(stage, "do not c") || has(stage, "dnc") || tagged(tags, no_call_tags))
        return NoCall::do_not_call;
    if (!phone_works) return NoCall::bad_number;
    return std::nullopt;
}

bool no_mail(std::string_view stage, std::string_view tags) {
    return has(stage, "do not contact") || tagged(tags, no_mail_tags);
}

std::optional<std::string> barred_from_calls(std::string_view stage, std::string_view tags,
                                             bool phone_works) {
    const auto no = no_call(stage, tags, phone_works);
    if (no == NoCall::do_not_call) return std::string(word(*no));
    for (const auto& [part, said] : stages)
        if (has(stage, part)) return std::string(said);
    if (no) return std::string(word(*no));
    return std::nullopt;
}

}  // namespace dreams
