#pragma once

#include <cstdint>
#include <vector>

#include "sim/town/random.h"
#include "sim/town/records.h"

namespace dreams::sim {

inline constexpr std::int64_t welcome_plan = 21;  ///< the action plan that greets newcomers
inline constexpr std::int64_t newsletter_campaign = 31;

/// Calls, texts and e-mails that have no ids yet.
struct Chatter {
    std::vector<Call> calls;
    std::vector<Text> texts;
    std::vector<Email> emails;
    std::size_t size() const { return calls.size() + texts.size() + emails.size(); }
};

/// How many calls, texts or e-mails hang together in one exchange.
int rows_of_exchange(Intent intent, Random& random);

/// A call and its repeats, a few texts to and fro, or a mail and its answers: exactly `rows`, on
/// whichever way the person can be reached. `other` (0: nobody) is who shares a mail now and then.
/// Nothing is created after `not_after`.
void exchange(const Contact& contact, const User& agent, std::int64_t other, Intent intent,
              Instant start, int rows, Instant not_after, Random random, Chatter& out);

/// What machines send a newcomer in the weeks after `contact.created`: mails of the action plan
/// (its first comes with a text), then a newsletter a month for some. Within (from, to].
void drip(const Contact& contact, const User& agent, Instant from, Instant to, Random random,
          Chatter& out);

/// Somebody nobody knows calls: personId 0.
Call stranger_calls(const User& agent, Instant when, Random& random);

/// `person` can be called or written to at all.
bool reachable(const Contact& contact);

/// The words of a mail without a body of its own: machines send the same to everyone.
std::string body_of(const Email& email);
std::string subject_of(const Email& email);

}  // namespace dreams::sim
