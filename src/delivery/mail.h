#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/smtp.h"
#include "base/time.h"
#include "delivery/channel.h"

namespace dreams::delivery {

/// Who is at an e-mail address.
struct Mailbox {
    std::string name;     ///< empty: only the address is known
    std::string address;  ///< `ana@example.com`, ASCII
};

/// Reads `ana@example.com` or `Ana Bell <ana@example.com>`. None: it is neither.
std::optional<Mailbox> mailbox_from(const std::string& text);

/// A message as it is about to become mail.
struct Letter {
    Mailbox from;
    std::vector<Mailbox> to;
    Message message;
    Instant date;
    std::string id;  ///< of its Message-ID, the part before the @
};

/// The letter as mail servers want it (RFC 5322, MIME): headers and body, ASCII throughout, lines
/// ended by \r\n, of at most 76 bytes unless an address is longer. A subject's line breaks become
/// blanks: nothing that is told can add a header. The text gets the link at its end, unless it
/// holds it already.
std::string mime(const Letter& letter);

/// The addresses of the settings, as text.
struct MailAddresses {
    std::string from;
    std::vector<std::string> to;
};

/// Mail to everyone in `to`, with the clock's date. The clock has to outlive the channel. Throws
/// Error{invalid}: an address is missing, or is none.
Channel mail(const MailAddresses& addresses, smtp::Post post, const Clock& clock);

}  // namespace dreams::delivery
