#pragma once

// Asking FUB for records by their ids. Internal to jobs/sync.

#include <algorithm>
#include <string>
#include <vector>

#include "sources/fub.h"

namespace dreams::jobs {

/// Asks `page` (a question to its answer) for the records of these ids, a hundred a question
/// (fub-api §14.3); `take` is given each answer.
void ask_by_id(const std::vector<std::string>& ids, const auto& page, const auto& take) {
    constexpr std::size_t ids_a_question = 100;
    for (std::size_t first = 0; first < ids.size(); first += ids_a_question) {
        const auto last = std::min(ids.size(), first + ids_a_question);
        std::string list;
        for (std::size_t i = first; i < last; ++i) list += (list.empty() ? "" : ",") + ids[i];
        sources::Query query{{"id", list}};
        auto missing = static_cast<std::int64_t>(last - first);
        while (true) {
            const auto answer = page(query);
            take(answer);
            missing -= answer.rows;
            // Large records come in several answers.
            if (missing <= 0 || answer.rows == 0 || answer.next.empty()) break;
            query = {{"id", list}, {"next", answer.next}};
        }
    }
}

}  // namespace dreams::jobs
