#pragma once

// What runs that ask the team's listing site have in common: how an answer is taken, kept, and when
// the site is left alone. Internal to sync_idx and watch.

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "jobs/run.h"
#include "sources/idx.h"
#include "store/idx_cache.h"

namespace dreams::jobs {

/// The lease of whoever asks the site: two runs never ask it together, and so keep its pace.
inline constexpr const char* idx_lease = "sync idx";

/// What the site's answer to a number came to.
struct KeptAnswer {
    IdxVerdict verdict = IdxVerdict::unclear;
    Kept kept = Kept::unchanged;  ///< of the cache's entry
    std::string why;              ///< a sentence, of what is unclear
};

class IdxRun : protected Run {
protected:
    IdxRun(const RunFrame& frame, sources::Idx& idx, const sources::Fetcher& fetcher)
        : Run(frame), idx_(idx), fetcher_(fetcher) {}

    /// Does `work` unless the site has closed its door. One that turns us away ends it: that is no
    /// failure of ours, but told, and the run is partial.
    void while_let_in(const std::function<void()>& work);

    /// Asks; none: the site gave no answer, which is counted as a failure of what was asked. Throws
    /// Error when the site is down: several in a row, and no start page either.
    std::optional<sources::IdxAnswer> answer_of(StreamCounts& stream, IdxQuestion kind,
                                                const std::string& key,
                                                const std::function<sources::IdxAnswer()>& asking);

    /// Asks for a number as cheaply as what is known of it allows. None as in answer_of.
    std::optional<sources::IdxAnswer> ask_for(const store::IdxDue& due, StreamCounts& stream);

    /// Of several homes with one number the one that the file knows; null: none, or it cannot be
    /// told.
    const sources::IdxHome* meant(const sources::IdxAnswer& answer, const std::string& number);

    /// Keeps an answer in the cache, and when to ask again. Within a commit of the caller's.
    KeptAnswer keep_answer(const store::IdxDue& due, const sources::IdxAnswer& answer,
                           const sources::IdxHome* home);

    /// A visit now; its `in_a_row` counts on where it came to the same as the last one.
    IdxVisit visit(IdxQuestion kind, const std::string& key, IdxVerdict verdict,
                   const std::optional<IdxVisit>& last) const;

    /// Commits, with what the fetcher has learnt of the site.
    void end(Commit& commit);

    sources::Idx& idx_;

private:
    void note_failure(StreamCounts& stream, const Error& error);
    void failed_alone(StreamCounts& stream);

    const sources::Fetcher& fetcher_;
    /// What got no answer since the site last gave one: its own fault, or the site's.
    std::vector<std::pair<IdxQuestion, std::string>> unanswered_;
    int failures_ = 0;  ///< in a row
};

/// `MLS number 4100001`, `home prop_12`: as refusals name what was asked for.
std::string in_words(IdxQuestion kind, const std::string& key);

}  // namespace dreams::jobs
