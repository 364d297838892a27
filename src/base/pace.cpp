#include "base/pace.h"

#include <algorithm>
#include <array>
#include <deque>
#include <mutex>
#include <random>
#include <set>
#include <utility>

#include "base/error.h"
#include "base/text.h"

namespace dreams::http {
namespace {

using namespace std::chrono_literals;
using Ticks = std::chrono::steady_clock::duration;

constexpr Ticks margin = 10ms;      // between their clock's whole milliseconds and ours
constexpr Ticks look_again = 50ms;  // when only answers under way can free a place
constexpr std::int64_t most_requests = 100'000;  // a larger limit is as good as none
constexpr std::int64_t longest_window = 3600;    // seconds

/// The sliding log of one context: who took a place, and until when.
struct Window {
    Pace::Limits limits;
    std::deque<Ticks> answered{};  ///< when, oldest first: ours, and others' as far as we know
    int under_way = 0;
    Ticks closed_until{};  ///< by a 429

    /// How long until a place is free; 0: one is.
    Ticks until_free(Ticks now) {
        while (!answered.empty() && answered.front() + limits.window + margin <= now)
            answered.pop_front();
        if (closed_until > now) return closed_until - now;
        const auto allowed = static_cast<std::size_t>(limits.requests);
        const auto taken = answered.size() + static_cast<std::size_t>(under_way);
        if (taken < allowed) return Ticks{0};
        const auto too_many = taken - allowed + 1;  // so many must go, the oldest first
        if (too_many > answered.size()) return look_again;
        return answered[too_many - 1] + limits.window + margin - now;
    }
};

std::optional<std::int64_t> number_in(const Answer& answer, std::string_view name) {
    const auto value = header(answer.headers, name);
    return value ? text::integer(text::trimmed(*value)) : std::nullopt;
}

void learn_limits(Window& window, const Answer& answer) {
    if (const auto limit = number_in(answer, "X-RateLimit-Limit"); limit && *limit >= 0)
        window.limits.requests =
            static_cast<int>(std::clamp<std::int64_t>(*limit, 1, most_requests));
    if (const auto seconds = number_in(answer, "X-RateLimit-Window"); seconds && *seconds > 0)
        window.limits.window = std::chrono::seconds(std::min(*seconds, longest_window));
}

/// What the service has counted beyond all that we know of is someone else's.
void learn_others(Window& window, const Answer& answer, Ticks now) {
    const auto remaining = number_in(answer, "X-RateLimit-Remaining");
    if (!remaining || *remaining < 0) return;
    const auto known = static_cast<std::int64_t>(window.answered.size()) + window.under_way;
    for (auto others = window.limits.requests - *remaining - known; others > 0; --others)
        window.answered.push_back(now);
}

/// What Retry-After asks for; none: it is not there, or says nothing. A date is measured against
/// the service's own Date where there is one, since clocks differ.
std::optional<std::chrono::seconds> retry_after(const Answer& answer, Instant now) {
    const auto value = header(answer.headers, "Retry-After");
    if (!value) return std::nullopt;
    if (const auto seconds = text::integer(text::trimmed(*value)))
        return std::chrono::seconds(std::max<std::int64_t>(0, *seconds));
    const auto then = http_date(*value);
    if (!then) return std::nullopt;
    const auto date = header(answer.headers, "Date");
    const auto theirs = date ? http_date(*date) : std::nullopt;
    return std::max(0s, *then - theirs.value_or(now));
}

/// Whether doing it twice does no more than doing it once (RFC 9110 §9.2.2).
bool is_repeatable(const Ask& ask) {
    return std::ranges::any_of(std::array{"GET", "HEAD", "PUT", "DELETE", "OPTIONS"},
                               [&](const char* method) { return ask.method == method; });
}

/// One request's way to its answer.
struct Errand {
    const std::string& context;
    std::string who;  ///< the service's host
    Ticks waited{};
};

std::string in_seconds(Ticks time) {
    return std::to_string(std::chrono::ceil<std::chrono::seconds>(time).count()) + " s";
}

std::string why_full(const Errand& errand, const Pace::Limits& limits) {
    return "the limit of " + errand.who + " is " + std::to_string(limits.requests) +
           (limits.requests == 1 ? " request in " : " requests in ") + in_seconds(limits.window);
}

/// A place in every window that a request may be counted in, held while it is under way.
class Place {
public:
    Place(std::mutex& mutex, Clock& clock, std::mt19937_64& random)
        : mutex_(mutex), clock_(clock), random_(random) {}
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;
    ~Place() {
        const std::lock_guard lock(mutex_);
        for (auto* window : windows_) {
            --window->under_way;
            window->answered.push_back(clock_.ticks() + a_part_of(window->limits.jitter));
        }
    }
    /// The mutex is held by the caller.
    void take(Window& window) {
        if (windows_.insert(&window).second) ++window.under_way;
    }

private:
    Ticks a_part_of(std::chrono::milliseconds most) {
        if (most.count() <= 0) return Ticks{0};
        return std::chrono::milliseconds(random_() % static_cast<std::uint64_t>(most.count() + 1));
    }
    std::mutex& mutex_;
    Clock& clock_;
    std::mt19937_64& random_;
    std::set<Window*> windows_;
};

/// What came of asking once.
struct Outcome {
    std::optional<Answer> answer = {};  ///< none: nobody answered
    std::string problem = {};           ///< empty: the answer is final
    bool is_refusal() const { return answer && answer->status == 429; }
};

}  // namespace

struct Pace::Impl {
    Impl(Network n, Clock& c, Patience p)
        : network(std::move(n)), clock(c), patience(std::move(p)), random(patience.seed) {}

    Outcome ask_once(Errand& errand, const Ask& ask);
    void take(Errand& errand, Place& place);
    Ticks take_or_wait(Errand& errand, Place& place, std::string& why);
    void learn(const Errand& errand, const Answer& answer, Place& place);
    Ticks pause_after(int tried, std::optional<std::chrono::seconds> asked_for);
    void rest(Errand& errand, Ticks how_long, const std::string& why) const;
    void close(const Errand& errand, Ticks how_long);
    std::vector<Window*> windows_of(const std::string& context);

    const Network network;
    Clock& clock;
    const Patience patience;

    std::mutex mutex;  ///< of all below; never held while asking or resting
    std::map<std::string, Window> windows;
    std::map<std::string, std::string> real_names;  ///< our word for a context → the service's
    std::mt19937_64 random;
    int requests = 0;
};

std::vector<Window*> Pace::Impl::windows_of(const std::string& context) {
    std::vector<Window*> result{&windows[context]};
    const auto real = real_names.find(context);
    if (real != real_names.end()) result.push_back(&windows[real->second]);
    return result;
}

/// Takes the places, and gives 0; or gives how long to rest before another try, and why.
Ticks Pace::Impl::take_or_wait(Errand& errand, Place& place, std::string& why) {
    const std::lock_guard lock(mutex);
    const auto now = clock.ticks();
    const auto candidates = windows_of(errand.context);
    Ticks longest{0};
    for (auto* window : candidates) {
        const auto wait = window->until_free(now);
        if (wait <= longest) continue;
        longest = wait;
        why = window->closed_until > now ? errand.who + " asked us to wait"
                                         : why_full(errand, window->limits);
    }
    if (longest > Ticks{0}) return longest;
    for (auto* window : candidates) place.take(*window);
    ++requests;
    return Ticks{0};
}

void Pace::Impl::take(Errand& errand, Place& place) {
    std::string why;
    for (Ticks wait; (wait = take_or_wait(errand, place, why)) > Ticks{0};) rest(errand, wait, why);
}

Outcome Pace::Impl::ask_once(Errand& errand, const Ask& ask) {
    Place place(mutex, clock, random);
    take(errand, place);
    Outcome outcome;
    try {
        outcome.answer = network(ask);
    } catch (const TooLarge&) {
        throw;
    } catch (const Error& error) {
        if (error.fault() != Fault::unavailable) throw;
        outcome.problem = error.what();
        return outcome;
    }
    learn(errand, *outcome.answer, place);
    if (patience.takes && patience.takes(*outcome.answer)) return outcome;
    if (outcome.is_refusal())
        outcome.problem = errand.who + " takes no more requests for now";
    else if (outcome.answer->status >= 500 && outcome.answer->status != 501)
        outcome.problem =
            errand.who + " answered with status " + std::to_string(outcome.answer->status);
    return outcome;
}

/// A 429's Remaining is not looked at: Retry-After says better when to come back.
void Pace::Impl::learn(const Errand& errand, const Answer& answer, Place& place) {
    const std::lock_guard lock(mutex);
    if (windows[errand.context].limits.ours) return;
    const auto real = header(answer.headers, "X-RateLimit-Context");
    if (real && *real != errand.context) real_names[errand.context] = *real;
    const auto limits = windows[errand.context].limits;
    Window& window =
        windows.try_emplace(real.value_or(errand.context), Window{limits}).first->second;
    place.take(window);
    for (auto* each : windows_of(errand.context)) learn_limits(*each, answer);
    if (answer.status != 429) learn_others(window, answer, clock.ticks());
}

/// 1, 2, 4… s, or what the service asked for, and up to a second more, so that those who were
/// refused together do not come back together.
Ticks Pace::Impl::pause_after(int tried, std::optional<std::chrono::seconds> asked_for) {
    const std::lock_guard lock(mutex);
    const std::chrono::seconds growing{1 << std::min(tried - 1, 10)};
    const auto wanted = asked_for.value_or(0s) > 0s ? *asked_for : growing;
    const Ticks jitter = std::chrono::milliseconds(random() % 1000);
    return std::min<Ticks>(std::min(wanted, patience.longest_wait) + jitter, patience.longest_wait);
}

void Pace::Impl::rest(Errand& errand, Ticks how_long, const std::string& why) const {
    how_long = std::min<Ticks>(how_long, patience.longest_wait);
    if (errand.waited + how_long > patience.longest_in_all)
        throw Error(Fault::unavailable, "gave up rather than wait for more than " +
                                            in_seconds(patience.longest_in_all) + ": " + why);
    if (patience.waits && how_long >= 1s)
        patience.waits(std::chrono::ceil<std::chrono::seconds>(how_long), why);
    clock.sleep(how_long);
    errand.waited += how_long;
}

void Pace::Impl::close(const Errand& errand, Ticks how_long) {
    const std::lock_guard lock(mutex);
    for (auto* window : windows_of(errand.context))
        window->closed_until = std::max(window->closed_until, clock.ticks() + how_long);
}

Pace::Pace(Network network, Clock& clock, std::map<std::string, Limits> expected, Patience patience)
    : impl_(std::make_shared<Impl>(std::move(network), clock, std::move(patience))) {
    for (auto& [context, limits] : expected) impl_->windows[context].limits = limits;
}

Answer Pace::ask(const std::string& context, const Ask& ask, Twice twice) {
    Errand errand{context, host_of(ask.url)};
    if (errand.who.empty()) errand.who = "the service";
    for (int tried = 1;; ++tried) {
        auto outcome = impl_->ask_once(errand, ask);
        if (outcome.problem.empty()) return std::move(*outcome.answer);
        const bool again = outcome.is_refusal() || twice == Twice::harmless || is_repeatable(ask);
        if (!again || tried >= impl_->patience.tries)
            throw Error(
                Fault::unavailable,
                outcome.problem + (tried > 1 ? ", after " + std::to_string(tried) + " tries" : ""));
        const auto asked_for =
            outcome.answer ? retry_after(*outcome.answer, impl_->clock.now()) : std::nullopt;
        const auto pause = impl_->pause_after(tried, asked_for);
        if (outcome.is_refusal())
            impl_->close(errand, pause);  // for all who ask there
        else
            impl_->rest(errand, pause, outcome.problem);
    }
}

int Pace::requests() const {
    const std::lock_guard lock(impl_->mutex);
    return impl_->requests;
}

}  // namespace dreams::http
