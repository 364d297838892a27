#include "web/phone.h"

#include "web/wording.h"

namespace dreams::web {

Phone phone_of(const std::optional<std::string>& number, std::optional<NoCall> no_call) {
    Phone phone{.text = shown_phone(number)};
    if (!no_call) {
        phone.tel = dialled(number);
        return phone;
    }
    const bool has_number = number && !number->empty();
    if (*no_call == NoCall::do_not_call)
        phone.no_call = "do not call";
    else if (has_number)
        phone.no_call = "bad number";
    return phone;
}

}  // namespace dreams::web
