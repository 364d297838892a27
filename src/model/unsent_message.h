#pragma once

#include <cstdint>
#include <string>

#include "base/record.h"
#include "base/time.h"

namespace dreams {

/// A row of `dreams_unsent`: a message that one way out did not take while another did.
struct UnsentMessage {
    std::int64_t id = 0;
    std::string channel;  ///< as people know it: `ntfy`
    Instant made_at;
    std::string subject, text, html, link;

    static constexpr auto columns() {
        return Columns{
            Column{"id", &UnsentMessage::id},           Column{"channel", &UnsentMessage::channel},
            Column{"made_at", &UnsentMessage::made_at}, Column{"subject", &UnsentMessage::subject},
            Column{"text", &UnsentMessage::text},       Column{"html", &UnsentMessage::html},
            Column{"link", &UnsentMessage::link}};
    }
};

}  // namespace dreams
