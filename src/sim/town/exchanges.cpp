#include "sim/town/exchanges.h"

#include <algorithm>
#include <array>

#include "sim/town/words.h"

namespace dreams::sim {
namespace {

using namespace std::chrono;

/// How often, in a thousand, it is the person who begins.
constexpr std::array<int, intents> begins{80, 180, 380, 550, 400};

std::string digits(const std::string& phone) {
    std::string result;
    for (const char c : phone)
        if (c >= '0' && c <= '9') result += c;
    return result;
}

/// One exchange: who speaks to whom, from when on.
struct Talk {
    const Contact& contact;
    const User& agent;
    Instant now, not_after;
    bool incoming;
    Random random;

    Instant next(int least_minutes, int most_minutes) {
        const Instant at = std::min(now, not_after);
        now += seconds{random.between(least_minutes * 60, most_minutes * 60)};
        return at;
    }
};

/// fub-api §7: an inbound call that nobody took is `No Answer`; with a duration, a voicemail.
void ring(Call& call, bool last, Random& random) {
    call.ring_seconds = random.between(4, 28);
    const auto dice = random.below(100);
    if (call.incoming) {
        if (dice < 60)
            call.seconds = random.between(30, 1500);
        else
            call.outcome = "No Answer", call.seconds = dice < 75 ? random.between(8, 90) : 0;
    } else if (last && dice < 55) {
        call.seconds = random.between(20, 1800);
        if (dice < 12) call.outcome = dice < 8 ? "Interested" : "Not Interested";
    } else if (dice < 75) {
        call.outcome = "Left Message";
        call.seconds = random.between(15, 60);
    } else {
        call.outcome = dice < 95 ? "No Answer" : dice < 98 ? "Busy" : "Bad Number";
    }
    if (call.seconds > 60 && random.chance(200))
        call.recording = "https://recordings.example/" + std::to_string(random.below(1'000'000));
}

void calls(Talk talk, int rows, Chatter& out) {
    const auto theirs = digits(talk.contact.phones.front().value);
    for (int i = 0; i < rows; ++i) {
        Call call{.person = talk.contact.id, .created = talk.next(20, 600)};
        call.user = talk.agent.id;
        call.incoming = talk.incoming;
        call.from = call.incoming ? theirs : talk.agent.phone;
        call.to = call.incoming ? talk.agent.phone : theirs;
        ring(call, i + 1 == rows, talk.random);
        call.updated = std::min(call.created + seconds{call.seconds + 5}, talk.not_after);
        out.calls.push_back(std::move(call));
    }
}

void texts(Talk talk, int rows, Chatter& out) {
    const auto theirs = digits(talk.contact.phones.front().value);
    for (int i = 0; i < rows; ++i, talk.incoming = !talk.incoming) {
        Text text{.person = talk.contact.id, .created = talk.next(1, 90)};
        text.updated = std::min(text.created + seconds{2}, talk.not_after);
        text.user = talk.agent.id;
        text.incoming = talk.incoming;
        text.message = std::string(text.incoming ? talk.random.of(words::texts_in)
                                                 : talk.random.of(words::texts_out));
        text.from = text.incoming ? theirs : talk.agent.phone;
        text.to = text.incoming ? talk.agent.phone : theirs;
        if (!text.incoming && talk.random.chance(40)) text.delivery = "undelivered";
        out.texts.push_back(std::move(text));
    }
}

void mails(Talk talk, std::int64_t other, int rows, Chatter& out) {
    const std::string subject(talk.random.of(words::subjects));
    const auto thread = static_cast<std::int64_t>(100'000 + talk.random.below(900'000'000));
    const bool shared = other != 0 && talk.random.chance(70);
    for (int i = 0; i < rows; ++i, talk.incoming = !talk.incoming) {
        Email email{.people = {{talk.contact.id, talk.incoming}}};
        if (shared) email.people.push_back({other, false});
        email.date = talk.next(10, 900);
        // One mailbox in twenty is connected later: its mails appear with older dates.
        const auto late =
            talk.random.chance(50) ? hours{24 * talk.random.between(1, 20)} : hours{0};
        email.created = email.updated = std::min(email.date + seconds{2} + late, talk.not_after);
        email.user = talk.agent.id;
        email.incoming = talk.incoming;
        email.thread = thread;
        email.subject = (i > 0 ? "Re: " : "") + subject;
        email.body = std::string(email.incoming ? talk.random.of(words::texts_in)
                                                : talk.random.of(words::texts_out));
        out.emails.push_back(std::move(email));
    }
}

Email machine_mail(const Contact& contact, const User& agent, Instant when) {
    Email email{.people = {{contact.id, false}}, .created = when, .updated = when, .date = when};
    email.user = agent.id;
    email.thread = contact.id;
    return email;
}

}  // namespace

int rows_of_exchange(Intent intent, Random& random) {
    return 1 + static_cast<int>(random.below(intent >= Intent::shopping ? 3 : 2));
}

bool reachable(const Contact& contact) {
    return !contact.phones.empty() || !contact.emails.empty();
}

void exchange(const Contact& contact, const User& agent, std::int64_t other, Intent intent,
              Instant start, int rows, Instant not_after, Random random, Chatter& out) {
    if (!reachable(contact)) return;
    const bool incoming = random.chance(begins[static_cast<std::size_t>(intent)]);
    const auto way = contact.phones.empty() ? 99 : random.below(contact.emails.empty() ? 75 : 100);
    const Talk talk{contact, agent, start, not_after, incoming, random};
    if (way < 35)
        calls(talk, rows, out);
    else if (way < 75)
        texts(talk, rows, out);
    else
        mails(talk, other, rows, out);
}

void drip(const Contact& contact, const User& agent, Instant from, Instant to, Random random,
          Chatter& out) {
    if (contact.source != 20 && contact.source != 21) return;  // the others were brought by hand
    const bool newsletter = random.chance(120);
    const auto within = [&](Instant when) { return from < when && when <= to; };
    if (const auto when = contact.created + seconds{75};
        within(when) && !contact.phones.empty() && random.chance(500)) {
        Text text{.person = contact.id, .created = when, .updated = when, .user = agent.id};
        text.message = "Welcome! I am your guide to the mountains.";
        text.from = agent.phone;
        text.to = digits(contact.phones.front().value);
        text.action_plan = welcome_plan;
        out.texts.push_back(std::move(text));
    }
    if (contact.emails.empty()) return;
    for (const int day : {0, 3, 21})
        if (const auto when = contact.created + days{day} + seconds{90}; within(when)) {
            out.emails.push_back(machine_mail(contact, agent, when));
            out.emails.back().action_plan = welcome_plan;
        }
    for (int month = 1; newsletter && month <= 6; ++month)
        if (const auto when = contact.created + days{30 * month} + hours{3}; within(when)) {
            out.emails.push_back(machine_mail(contact, agent, when));
            out.emails.back().campaign = newsletter_campaign;
        }
}

Call stranger_calls(const User& agent, Instant when, Random& random) {
    Call call{.person = 0, .created = when, .updated = when, .user = agent.id, .incoming = true};
    call.from = "2025550" + std::to_string(100 + random.below(100));
    call.to = agent.phone;
    ring(call, true, random);
    return call;
}

std::string subject_of(const Email& email) {
    if (!email.subject.empty() || !email.automated()) return email.subject;
    return email.campaign != 0 ? "News from the ridge" : "Welcome to the mountains";
}

std::string body_of(const Email& email) {
    if (!email.body.empty() || !email.automated()) return email.body;
    return email.campaign != 0 ? "Ten new homes this month, and where the trout are."
                               : "Thank you for stopping by. Here is how we work.";
}

}  // namespace dreams::sim
