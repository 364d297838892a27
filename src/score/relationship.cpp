#include "score/relationship.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <vector>

#include "score/explained.h"

namespace dreams::score {

namespace {

double hours_between(Instant from, Instant to) {
    return std::chrono::duration<double, std::ratio<3600>>(to - from).count();
}

/// Reads messages in order of time and keeps count of turns.
class Reader {
public:
    Reader(Dealings& found, std::vector<double>& reply_hours, const RelationshipPolicy& policy,
           Instant as_of)
        : found_(found), reply_hours_(reply_hours), policy_(policy), as_of_(as_of) {}

    void read(const Message& message) {
        const bool spoke =
            message.act == Act::call_in ||
            (message.act == Act::call_out && message.seconds >= policy_.spoke_seconds);
        if (spoke)
            conversation(message);
        else if (is_from_person(message.act))
            theirs(message);
        else
            ours(message);
    }

    /// An approach that waits for its answer still, but not yet for long, counts neither way.
    void finish() { close_approach(as_of_); }

private:
    enum class Side : std::uint8_t { nobody, person, office };

    double left(Instant at) const {
        return std::exp2(-hours_between(at, as_of_) / 24 / policy_.half_life_days);
    }
    bool in_time(Instant at) const {
        return hours_between(turn_end_, at) <= policy_.reply_window_days * 24;
    }
    bool same_turn(Side side, Instant at) const {
        return side_ == side && hours_between(turn_end_, at) <= policy_.sitting_hours;
    }
    void begin(Side side, Instant at) {
        side_ = side;
        turn_end_ = at;
    }
    void close_approach(Instant now) {
        if (side_ == Side::office && hours_between(turn_end_, now) > policy_.patience_hours)
            found_.approaches += left(turn_end_);
    }
    /// Their turn, at that time, answers our approach if it came in time.
    bool answers(Instant at) {
        if (side_ != Side::office) return false;
        if (!in_time(at)) {
            close_approach(at);
            return false;
        }
        found_.approaches += left(turn_end_);
        found_.replies += left(turn_end_);
        return true;
    }
    void heard_from_person(const Message& message, bool replied, bool spoke) {
        found_.unanswered = 0;
        found_.last_was_reply = replied;
        found_.spoke = spoke;
        found_.last_from_person = message.at;
        found_.last_act_from_person = message.act;
    }

    void conversation(const Message& call) {
        bool replied = answers(call.at);
        if (call.act == Act::call_out) {  // an approach, and the answer to it
            found_.approaches += left(call.at);
            found_.replies += left(call.at);
            replied = false;
        }
        found_.exchanges += (call.seconds >= policy_.talk_seconds ? 2 : 1) * left(call.at);
        heard_from_person(call, replied, true);
        begin(Side::nobody, call.at);
    }
    void theirs(const Message& message) {
        if (same_turn(Side::person, message.at)) {
            turn_end_ = message.at;
            heard_from_person(message, found_.last_was_reply, false);
            return;
        }
        const bool replied = answers(message.at);
        if (replied) reply_hours_.push_back(hours_between(turn_end_, message.at));
        found_.exchanges += (replied ? 1 : 0.5) * left(message.at);
        heard_from_person(message, replied, false);
        begin(Side::person, message.at);
    }
    void ours(const Message& message) {
        if (same_turn(Side::office, message.at)) {
            turn_end_ = message.at;
            return;
        }
        if (side_ == Side::person && in_time(message.at))
            found_.exchanges += 0.5 * left(message.at);
        if (side_ == Side::office) found_.approaches += left(turn_end_);  // the last one failed
        ++found_.unanswered;
        begin(Side::office, message.at);
    }

    Dealings& found_;
    std::vector<double>& reply_hours_;
    const RelationshipPolicy& policy_;
    Instant as_of_;
    Side side_ = Side::nobody;  ///< whose turn was the last
    Instant turn_end_{};
};

}  // namespace

Dealings dealings(std::span<const Message> messages, const RelationshipPolicy& policy,
                  Instant as_of) {
    Dealings found;
    if (messages.empty()) return found;
    std::vector<double> reply_hours;
    Reader reader(found, reply_hours, policy, as_of);
    for (const Message& message : messages) reader.read(message);
    reader.finish();
    if (!reply_hours.empty()) {
        const auto middle =
            reply_hours.begin() + static_cast<std::ptrdiff_t>(reply_hours.size() / 2);
        std::nth_element(reply_hours.begin(), middle, reply_hours.end());
        found.median_reply_hours = *middle;
    }
    return found;
}

Explained relationship(const Dealings& dealings, const RelationshipPolicy& policy) {
    Explained score;
    const double prior = policy.prior_replies / (policy.prior_replies + policy.prior_silences);
    const double share = (dealings.replies + policy.prior_replies) /
                         (dealings.approaches + policy.prior_replies + policy.prior_silences);
    contribute(
        score, "exchanges",
        policy.exchange_points * (1 - std::exp2(-dealings.exchanges / policy.exchanges_for_half)));
    contribute(score, "reply_share", policy.reply_points * (share - prior) / (1 - prior));
    if (dealings.median_reply_hours)
        contribute(score, "reply_speed",
                   policy.speed_points *
                       std::exp2(-*dealings.median_reply_hours / policy.speed_half_hours) *
                       dealings.replies / (dealings.replies + policy.replies_for_half_speed));
    settle(score);
    return score;
}

}  // namespace dreams::score
