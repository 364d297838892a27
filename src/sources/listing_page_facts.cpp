#include "sources/listing_page_facts.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "model/listing_status.h"
#include "sources/address_line.h"
#include "sources/listing_fields.h"
#include "sources/listing_values.h"

namespace dreams::sources {
namespace {

constexpr std::size_t longest_value = 4000, longest_word = 200;

bool is_status(std::string_view text) {
    static constexpr std::array known{
        std::string_view("active"),     std::string_view("coming soon"),
        std::string_view("contingent"), std::string_view("pending"),
        std::string_view("sold"),       std::string_view("withdrawn"),
        std::string_view("expired"),    std::string_view("canceled"),
        std::string_view("off market"), std::string_view("for rent")};
    const auto status = listing_status(text);
    return status && std::ranges::find(known, *status) != known.end();
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool is_letter_or_digit(char c) {
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// `2,090` at the beginning of `text`; empty: there is no number.
std::string_view number_at(std::string_view text) {
    std::size_t end = 0;
    while (end < text.size() && (is_digit(text[end]) || text[end] == ',' || text[end] == '.'))
        ++end;
    while (end > 0 && !is_digit(text[end - 1])) --end;
    return text.substr(0, end);
}

}  // namespace

void Facts::add(std::string_view field, std::string_view value, ReadFrom from, int confidence) {
    const auto trimmed = text::trimmed(value);
    if (trimmed.size() > longest_value || says_nothing(trimmed)) return;
    if (field == "status" && !is_status(trimmed)) return;
    const bool lists = field == "photo_urls" || field == "url" || field == "primary_photo";
    if (!lists && trimmed.size() > longest_word) return;
    if (field == "address") {
        if (const auto line = address_line(trimmed)) {
            put("address", line->street, from, confidence);
            if (line->city) put("city", *line->city, from, confidence);
            if (line->state) put("state", *line->state, from, confidence);
            if (line->zip) put("zip", *line->zip, from, confidence);
            return;
        }
    }
    put(field, trimmed, from, confidence);
}

void Facts::put(std::string_view field, std::string_view value, ReadFrom from, int confidence) {
    const auto* known = listing_field(field);
    if (!known) return;
    ListingDraft scratch;
    if (!known->read(scratch, value)) return;
    auto& best = best_[std::string(field)];
    if (best.confidence >= confidence) return;
    best = {std::string(field), std::string(value), from, confidence};
}

int Facts::confidence_in(std::string_view field) const {
    const auto found = best_.find(std::string(field));
    return found == best_.end() ? -1 : found->second.confidence;
}

std::vector<PageField> Facts::best() const {
    std::vector<PageField> fields;
    for (const auto& field : listing_fields())
        if (const auto found = best_.find(std::string(field.name)); found != best_.end())
            fields.push_back(found->second);
    return fields;
}

std::string money_in(std::string_view text) {
    constexpr std::int64_t least = 1000;
    for (auto at = text.find('$'); at != text.npos; at = text.find('$', at + 1)) {
        auto rest = text.substr(at + 1);
        while (rest.starts_with(' ')) rest.remove_prefix(1);
        const auto number = number_at(rest);
        const auto whole = whole_in(number, Measure::dollars);
        const bool per_thousand = rest.substr(number.size()).starts_with('K') ||
                                  rest.substr(number.size()).starts_with('M');
        if (whole && *whole >= least && !per_thousand) return std::string(number);
    }
    return "";
}

std::string count_of(std::string_view text, const std::vector<std::string_view>& words) {
    const auto lower = text::lower(text);
    for (std::size_t at = 0; at < lower.size(); ++at) {
        if (!is_digit(lower[at]) || (at > 0 && is_letter_or_digit(lower[at - 1]))) continue;
        const auto number = number_at(std::string_view(lower).substr(at));
        auto rest = std::string_view(lower).substr(at + number.size());
        while (rest.starts_with(' ') || rest.starts_with('-')) rest.remove_prefix(1);
        const bool follows = std::ranges::any_of(words, [&](auto word) {
            return rest.starts_with(word) &&
                   (rest.size() == word.size() || !is_letter_or_digit(rest[word.size()]));
        });
        if (follows) return std::string(number);
        at += number.size();
    }
    return "";
}

std::string mls_number_in(std::string_view text) {
    constexpr std::size_t shortest = 4, longest = 20;
    const auto lower = text::lower(text);
    for (auto at = lower.find("mls"); at != lower.npos; at = lower.find("mls", at + 3)) {
        if (at > 0 && is_letter_or_digit(lower[at - 1])) continue;
        auto rest = text.substr(at + 3);
        for (bool passed = true; passed;) {
            passed = false;
            for (const auto word :
                 {std::string_view("number"), std::string_view("no."), std::string_view("id"),
                  std::string_view("#"), std::string_view(":"), std::string_view(" ")})
                if (text::lower(rest.substr(0, word.size())) == word) {
                    rest.remove_prefix(word.size());
                    passed = true;
                }
        }
        const auto end =
            std::ranges::find_if(rest, [](char c) { return !is_letter_or_digit(c) && c != '-'; });
        const auto number = rest.substr(0, static_cast<std::size_t>(end - rest.begin()));
        if (number.size() >= shortest && number.size() <= longest &&
            std::ranges::count_if(number, is_digit) * 2 >= std::ssize(number))
            return std::string(number);
    }
    return "";
}

std::string photo_in(std::string_view address, const std::optional<http::Url>& page) {
    static constexpr auto none_of_a_home = std::to_array<std::string_view>(
        {"logo", "icon", "avatar", "placeholder", "no-image", "noimage", "no_photo", "nophoto",
         "apple-touch", "sprite", "blank", "loading", "pixel", "badge", "favicon", ".svg", ".gif"});
    const std::string text(address);
    if (text.empty()) return "";
    const auto url = page ? resolved(*page, text) : http::url_from(text);
    if (!url || url->has_user) return "";
    const auto path = text::lower(url->path);
    const auto is_in = [&](auto word) { return path.find(word) != std::string::npos; };
    return std::ranges::any_of(none_of_a_home, is_in) ? "" : url->text();
}

}  // namespace dreams::sources
