#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace dreams {

/// A listing's status in the one word that the file uses, whoever said it: `active`, `pending`,
/// `sold`, and beside these `contingent`, `coming soon`, `withdrawn`, `expired`, `canceled`,
/// `off market`, `for rent`. Takes the words of Redfin, RESO (`Active Under Contract`,
/// `ActiveUnderContract`), Zillow (`FOR_SALE`) and Realtor.com. A word that nobody foresaw stays,
/// in lower case with blanks; none: nothing was said (`unknown`, `other`, an empty text).
std::optional<std::string> listing_status(std::string_view said);

/// Whether the status is one of these words, in whatever spelling; false: nobody foresaw it.
bool is_known_status(std::string_view status);

/// Whether it has been sold: its price is then what was paid, no longer what is asked.
bool is_sold(const std::optional<std::string>& status);
/// Whether it is listed for sale, whoever may have bid for it: active, coming soon, contingent or
/// pending.
bool is_on_market(const std::optional<std::string>& status);
/// Whether it was on the market and no longer is: sold, withdrawn, expired, canceled, off market.
bool is_off_market(const std::optional<std::string>& status);
/// Whether a home of this status can be bought now: active or coming soon.
bool is_for_sale(const std::optional<std::string>& status);

}  // namespace dreams
