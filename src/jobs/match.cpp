#include "jobs/match.h"

#include <fmt/format.h>

#include <map>

#include "base/json_writer.h"
#include "base/text.h"
#include "jobs/in_parts.h"
#include "jobs/match_market.h"
#include "jobs/stopwatch.h"
#include "score/match.h"
#include "score/words.h"
#include "store/lease.h"
#include "store/properties.h"
#include "store/property_identity.h"

namespace dreams::jobs {
namespace {

std::string_view word_of(score::Known known) {
    switch (known) {
        case score::Known::nothing:
            return "nothing";
        case score::Known::words:
            return "words";
        case score::Known::looks:
            return "looks";
        case score::Known::both:
            return "both";
    }
    return "";
}

double one_decimal(double value) {
    return std::round(value * 10) / 10;
}

/// What matches.score_breakdown holds; docs/matching.md lists the keys.
JsonText breakdown(const score::Suggestion& made, const score::Matching& matching,
                   const score::MatchPolicy& policy) {
    JsonText out;
    json::Writer json(out.text);
    json.begin_object().member("known", word_of(matching.known));
    json.member("confidence", made.confidence).key("different").truth(made.different);
    json.member("why", made.why).key("contributions").begin_array();
    for (const auto& part : made.score.contributions) {
        const auto at = std::ranges::find(score::factor_names, part.name);
        json.begin_object().member("name", part.name).member("points", part.points);
        json.member("of",
                    policy.points[static_cast<std::size_t>(at - score::factor_names.begin())]);
        json.member("why", part.why).end_object();
    }
    json.end_array().end_object();
    return out;
}

/// `12 homes with "HOA" and 3 beyond the budget are left out.`
std::optional<std::string> left_out(const score::Matching& matching,
                                    const std::vector<std::string>& phrases) {
    std::vector<std::string> parts;
    for (const auto& [phrase, homes] : matching.ruled_out)
        parts.push_back(score::counted(homes, "home", "homes") + " with “" + phrases[phrase] + "”");
    if (matching.too_dear > 0)
        parts.push_back(score::counted(matching.too_dear, "home", "homes") +
                        " far too dear for them");
    if (parts.empty()) return std::nullopt;
    return fmt::format("Left out: {}.", fmt::join(parts, ", "));
}

class Run {
public:
    Run(Db& db, const score::MatchPolicy& policy, Instant now, const Zone& zone,
        const MatchOptions& options, Progress& progress)
        : db_(db),
          policy_(policy),
          now_(now),
          zone_(zone),
          options_(options),
          progress_(progress) {}

    MatchReport run() {
        Stopwatch watch;
        store::Lease lease(db_, "match", now_);
        auto transaction = db_.begin();
        lease.alive(now_);
        store::repair_keys(db_);  // an older program may have brought homes without
        facts_ = store::matching_facts(db_);
        look_up_what_is_asked();
        const auto question = match_question(facts_, zone_, now_);
        report_.homes = std::ssize(question.market.offered);
        report_.reading_seconds = watch.lap();
        seek(question);
        report_.matching_seconds = watch.lap();
        write(question.market);
        if (options_.lines > 0)
            report_.best = store::match_lines(db_, {.lead = options_.lead,
                                                    .home = options_.home,
                                                    .status = MatchStatus::suggested,
                                                    .page_size = options_.lines});
        if (options_.rehearsal == Rehearsal::no) transaction.commit();
        report_.writing_seconds = watch.lap();
        return std::move(report_);
    }

private:
    void look_up_what_is_asked() {
        if (options_.lead && std::ranges::find(facts_.buyers, *options_.lead,
                                               &store::BuyerToMatch::lead) == facts_.buyers.end())
            throw Error(Fault::not_found, "there is no lead " + options_.lead->text);
        if (options_.home && std::ranges::find(facts_.homes, *options_.home,
                                               &store::HomeToMatch::id) == facts_.homes.end())
            throw Error(Fault::not_found, "there is no home " + options_.home->text);
    }

    bool is_asked(const LeadId& lead) const { return !options_.lead || *options_.lead == lead; }
    bool is_asked(const PropertyId& home) const { return !options_.home || *options_.home == home; }

    void seek(const MatchQuestion& question) {
        const score::Matcher matcher(question.market, policy_, now_);
        why_not_.resize(facts_.buyers.size());
        found_.resize(facts_.buyers.size());
        std::vector<std::size_t> asked;
        for (std::size_t i = 0; i < facts_.buyers.size(); ++i) {
            if (!is_asked(facts_.buyers[i].lead)) continue;
            why_not_[i] = no_buyer_because(facts_.buyers[i]);
            if (!why_not_[i]) asked.push_back(i);
        }
        progress_.part("matching", std::ssize(asked));
        in_parts(
            asked.size(), Parts{.least = 64, .each = 16},
            [&](std::size_t i) { found_[asked[i]] = matcher.match(question.buyers[asked[i]]); },
            [] {});
        progress_.done(std::ssize(asked));
    }

    /// What the table holds of one person, by home.
    using There = std::map<std::string_view, const Match*>;

    void write(const score::Market& market) {
        std::map<std::string_view, There> there;
        for (const Match& match : facts_.matches)
            there[match.lead.text].emplace(match.property.text, &match);
        store::MatchesKeeper keeper(db_);
        for (std::size_t i = 0; i < facts_.buyers.size(); ++i) {
            const LeadId& lead = facts_.buyers[i].lead;
            if (!is_asked(lead)) continue;
            There& rows = there[lead.text];
            if (found_[i]) {
                ++report_.buyers;
                report_.without += found_[i]->suggestions.empty();
                for (const auto& each : found_[i]->suggestions)
                    keep(keeper, lead, each, *found_[i], rows);
                keep_buyer(keeper, lead, *found_[i], market);
            } else {
                ++report_.left_out;
                keeper.forget(lead);
                if (options_.lead) report_.no_buyer = why_not_[i];
            }
            for (const auto& [home, match] : rows) withdraw(keeper, *match);
        }
    }

    void keep(store::MatchesKeeper& keeper, const LeadId& lead, const score::Suggestion& made,
              const score::Matching& matching, There& rows) {
        const PropertyId& home = facts_.homes[made.home].id;
        const auto row = rows.find(home.text);
        const Match* before = row == rows.end() ? nullptr : row->second;
        if (before) rows.erase(row);
        if (!is_asked(home)) return;
        const MatchScores scores{made.score.raw, made.stated, made.behavioral,
                                 breakdown(made, matching, policy_)};
        if (!before) {
            keeper.add({.id = match_id(lead, home),
                        .lead = lead,
                        .property = home,
                        .scores = scores,
                        .decision = {.status = MatchStatus::suggested},
                        .suggested_at = now_});
            ++report_.created;
        } else if (json::written(before->scores) != json::written(scores)) {
            keeper.rescore(before->id, scores);
            ++report_.changed;
        } else {
            ++report_.unchanged;
        }
    }

    void keep_buyer(store::MatchesKeeper& keeper, const LeadId& lead,
                    const score::Matching& matching, const score::Market& market) {
        const auto if_any = [](const std::string& sentence) {
            return sentence.empty() ? std::nullopt : std::optional(sentence);
        };
        const store::MatchedBuyer buyer{.lead = lead,
                                        .known = std::string(word_of(matching.known)),
                                        .looked_at = one_decimal(matching.homes),
                                        .none_because = if_any(matching.nothing),
                                        .disagreement = if_any(matching.disagreement),
                                        .left_out = left_out(matching, market.phrases)};
        keeper.keep(buyer);
        if (options_.lead) report_.buyer = buyer;
    }

    /// A row that no suggestion stands behind any more.
    void withdraw(store::MatchesKeeper& keeper, const Match& match) {
        if (!is_asked(match.property)) return;
        if (store::is_touched(match)) {
            ++report_.kept;
            return;
        }
        keeper.withdraw(match.id);
        ++report_.withdrawn;
    }

    Db& db_;
    const score::MatchPolicy& policy_;
    Instant now_;
    const Zone& zone_;
    const MatchOptions& options_;
    Progress& progress_;
    store::MatchingFacts facts_;
    std::vector<std::optional<std::string>> why_not_;
    std::vector<std::optional<score::Matching>> found_;
    MatchReport report_;
};

}  // namespace

MatchReport match(Db& db, const score::MatchPolicy& policy, Instant now, const Zone& zone,
                  const MatchOptions& options, Progress& progress) {
    return Run(db, policy, now, zone, options, progress).run();
}

}  // namespace dreams::jobs
