#include "model/listing_status.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"

namespace dreams {
namespace {

using Word = std::pair<std::string_view, std::string_view>;

/// Letters only, lower case -> our word. An empty word: nothing is said by it.
constexpr auto words = std::to_array<Word>({
    {"active", "active"},
    {"forsale", "active"},
    {"new", "active"},
    {"newlisting", "active"},
    {"backonmarket", "active"},
    {"pricechange", "active"},
    {"pricereduced", "active"},
    {"forsalebyowner", "active"},
    {"fsbo", "active"},
    {"comingsoon", "coming soon"},
    {"preonmarket", "coming soon"},
    {"contingent", "contingent"},
    {"activeundercontract", "contingent"},
    {"activecontingent", "contingent"},
    {"activewithcontract", "contingent"},
    {"acceptingbackups", "contingent"},
    {"acceptingbackupoffers", "contingent"},
    {"undercontractshow", "contingent"},
    {"pending", "pending"},
    {"pendingsale", "pending"},
    {"undercontract", "pending"},
    {"undercontractnoshow", "pending"},
    {"saleagreed", "pending"},
    {"sold", "sold"},
    {"closed", "sold"},
    {"recentlysold", "sold"},
    {"pastsale", "sold"},
    {"withdrawn", "withdrawn"},
    {"expired", "expired"},
    {"canceled", "canceled"},
    {"cancelled", "canceled"},
    {"offmarket", "off market"},
    {"delete", "off market"},
    {"deleted", "off market"},
    {"hold", "off market"},
    {"onhold", "off market"},
    {"temporarilyoffmarket", "off market"},
    {"forrent", "for rent"},
    {"other", ""},
    {"unknown", ""},
    {"none", ""},
    {"null", ""},
    {"na", ""},
    {"incomplete", ""},
    {"uc", "pending"},
    {"duediligence", "pending"},
});

/// Single letters that boards write; `C` may be contingent, closed or canceled.
constexpr auto codes = std::to_array<Word>({{"a", "active"}, {"p", "pending"}, {"s", "sold"}});

/// What a status that goes on in a way of its own begins with: `Pending - Taking Backups`, `Sold on
/// 12/3/2025`. The first that fits.
constexpr auto beginnings = std::to_array<Word>({
    {"activeundercontract", "contingent"},
    {"activecontingent", "contingent"},
    {"undercontractshow", "contingent"},
    {"undercontract", "pending"},
    {"contingent", "contingent"},
    {"pending", "pending"},
    {"sold", "sold"},
    {"closed", "sold"},
});

/// The word for what was said; empty: it says nothing. None: nobody foresaw it.
std::optional<std::string_view> word_for(std::string_view said) {
    const auto letters = text::letters(said);
    for (const auto& [theirs, ours] : words)
        if (theirs == letters) return ours;
    for (const auto& [theirs, ours] : codes)
        if (theirs == letters && said.size() == letters.size()) return ours;
    for (const auto& [theirs, ours] : beginnings)
        if (letters.starts_with(theirs)) return ours;
    return std::nullopt;
}

}  // namespace

std::optional<std::string> listing_status(std::string_view said) {
    const auto trimmed = text::trimmed(said);
    if (trimmed.empty()) return std::nullopt;
    if (const auto word = word_for(trimmed))
        return word->empty() ? std::nullopt : std::optional(std::string(*word));
    std::string kept = text::lower(trimmed);
    std::ranges::replace(kept, '_', ' ');
    return kept;
}

bool is_known_status(std::string_view status) {
    return word_for(text::trimmed(status)).has_value();
}

bool is_sold(const std::optional<std::string>& status) {
    return status && listing_status(*status) == "sold";
}

bool is_off_market(const std::optional<std::string>& status) {
    constexpr std::array off{std::string_view("sold"), std::string_view("withdrawn"),
                             std::string_view("expired"), std::string_view("canceled"),
                             std::string_view("off market")};
    const auto word = status ? listing_status(*status) : std::nullopt;
    return word && std::ranges::find(off, *word) != off.end();
}

bool is_on_market(const std::optional<std::string>& status) {
    const auto word = status ? listing_status(*status) : std::nullopt;
    return word == "active" || word == "coming soon" || word == "contingent" || word == "pending";
}

bool is_for_sale(const std::optional<std::string>& status) {
    if (!status) return false;
    const auto word = listing_status(*status);
    return word == "active" || word == "coming soon";
}

}  // namespace dreams
