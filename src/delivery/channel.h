#pragma once

#include <functional>
#include <string>

namespace dreams::delivery {

/// What is told to people, whatever carries it. Mail carries all of it, to the addresses of the
/// office. Every other channel goes through a company's machines to phones and shared rooms: it
/// carries subject and link and nothing else, so a subject names homes, prices and counts, and
/// never a person.
struct Message {
    std::string subject;  ///< one line
    std::string text;     ///< plain, lines ended by \n
    std::string html;     ///< the same as a page of its own; empty: there is only the text
    std::string link;     ///< where to read on; empty: nowhere. Mail's text gets it at its end
};

/// A way out of the house: mail, ntfy, Slack.
struct Channel {
    std::string name;  ///< as people know it: `mail`
    /// Sends. Throws Error: unavailable (worth another try), invalid or unauthorized (it will not
    /// work until a setting is changed). No sentence holds a secret or what was to be sent.
    std::function<void(const Message&)> send;
};

}  // namespace dreams::delivery
