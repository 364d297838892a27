#include "jobs/notify.h"

#include <algorithm>

#include "store/lease.h"
#include "store/origin.h"
#include "store/unsent.h"

namespace dreams::jobs {
namespace {

/// One of those that wait, through its own channel.
void send_one(Db& db, const delivery::Channel& channel, const UnsentMessage& message,
              Notified& result) {
    try {
        channel.send({message.subject, message.text, message.html, message.link});
        result.took.push_back(channel.name);
    } catch (const Error& error) {
        result.not_taken.push_back({channel.name, error.fault(), error.what()});
        if (error.fault() == Fault::unavailable) return;
    }
    store::drop_unsent(db, message.id);
}

}  // namespace

bool Notified::worth_another_try() const {
    return std::ranges::find(not_taken, Fault::unavailable, &NotTaken::fault) != not_taken.end();
}

Notified send_all(Db& db, const std::string& environment,
                  const std::vector<delivery::Channel>& channels,
                  const delivery::Message& message) {
    store::require_may_send(db, environment);
    Notified result;
    for (const auto& channel : channels) try {
            channel.send(message);
            result.took.push_back(channel.name);
        } catch (const Error& error) {
            result.not_taken.push_back({channel.name, error.fault(), error.what()});
        }
    return result;
}

void keep_unsent(Db& db, const Notified& notified, const delivery::Message& message, Instant now) {
    for (const auto& each : notified.not_taken)
        if (each.fault == Fault::unavailable)
            store::keep_unsent(db, {.channel = each.channel,
                                    .made_at = now,
                                    .subject = message.subject,
                                    .text = message.text,
                                    .html = message.html,
                                    .link = message.link});
}

Notified send_unsent(Db& db, const std::vector<delivery::Channel>& channels, Instant now) {
    Notified result;
    store::drop_unsent_before(db, now - unsent_for);
    if (!any_unsent(db, now)) return result;
    try {
        const store::Lease lease(db, "unsent", now);
        for (const auto& each : store::unsent_messages(db, now - unsent_for)) {
            const auto channel =
                std::ranges::find(channels, each.channel, &delivery::Channel::name);
            if (channel != channels.end()) send_one(db, *channel, each, result);
        }
    } catch (const store::LeaseHeld&) {
        // The other one does it.
    }
    return result;
}

bool any_unsent(Db& db, Instant now) {
    return !store::unsent_messages(db, now - unsent_for).empty();
}

}  // namespace dreams::jobs
