#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/record.h"

namespace dreams {

/// Why nobody may be led to ring a person: no list, no page and no mail makes a link of their
/// number. Everything that shows phones asks `no_call`, so that the rule stands in one place.
enum class NoCall : std::uint8_t {
    do_not_call,  ///< their stage or a tag says so
    bad_number    ///< FUB marks every number of theirs as bad
};

/// From what FUB says of them: the stage, the tags (a JSON array), numbers that do not work. None:
/// nothing stands against a call.
std::optional<NoCall> no_call(std::string_view stage, std::string_view tags, bool phone_works);

/// A tag or the stage says that they want no e-mail either: do not contact, opted out.
bool no_mail(std::string_view stage, std::string_view tags);

/// Why a person is never on the call list, in one word or two; none: they may be. Beside what
/// `no_call` says, stages that are not for calling: Trash, Closed, vendors and the like. Their
/// scores are made all the same.
std::optional<std::string> barred_from_calls(std::string_view stage, std::string_view tags,
                                             bool phone_works);

template <>
struct Words<NoCall> {
    static constexpr std::array<std::pair<NoCall, std::string_view>, 2> list{
        {{NoCall::do_not_call, "do not call"}, {NoCall::bad_number, "bad phone"}}};
};

}  // namespace dreams
