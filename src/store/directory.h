#pragma once

#include <bit>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace dreams::store {

/// Where each of many people stands in a list, by the id that a table calls them by. Nearly all ids
/// are numbers of Follow Up Boss: those lie in a flat table, at most half full, where a look-up
/// touches one place in memory. Half a million rows ask.
class Directory {
public:
    /// The number that an id is. None: it is none, or written in another way (`007`).
    static std::optional<std::uint64_t> number_of(std::string_view id) {
        if (id.empty() || id.size() > 18 || id[0] == '0') return std::nullopt;
        std::uint64_t number = 0;
        for (const char c : id) {
            if (c < '0' || c > '9') return std::nullopt;
            number = number * 10 + static_cast<std::uint64_t>(c - '0');
        }
        return number;
    }

    /// `id_of` gives the id of each one of `people`. The first of two with one id keeps it; an
    /// empty id is nobody's.
    template <class People, class IdOf>
    Directory(const People& people, IdOf id_of) : slots_(std::bit_ceil(2 * people.size() + 2)) {
        std::size_t at = 0;
        for (const auto& each : people) add(std::invoke(id_of, each), at++);
    }

    std::optional<std::size_t> find(std::string_view id) const {
        if (const auto number = number_of(id)) return find(*number);
        const auto other = others_.find(id);
        return other == others_.end() ? std::nullopt : std::optional(other->second);
    }
    std::optional<std::size_t> find(std::uint64_t number) const {
        const Slot& slot = slots_[slot_of(number)];
        return slot.number == 0 ? std::nullopt : std::optional(slot.at);
    }
    /// Has the place of a number brought nearer, for a find() soon.
    void expect(std::uint64_t number) const { __builtin_prefetch(&slots_[home_of(number)]); }

private:
    struct Slot {
        std::uint64_t number = 0;  ///< 0: free
        std::size_t at = 0;
    };
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const {
            return std::hash<std::string_view>{}(text);
        }
    };

    void add(std::string_view id, std::size_t at) {
        if (id.empty()) return;
        const auto number = number_of(id);
        if (!number) {
            others_.emplace(id, at);
            return;
        }
        Slot& slot = slots_[slot_of(*number)];
        if (slot.number == 0) slot = {*number, at};
    }
    /// Fibonacci hashing (Knuth, TAOCP 6.4): neighbours are strewn, none is alike.
    std::size_t home_of(std::uint64_t number) const {
        return (number * 0x9e3779b97f4a7c15u >> 32) & (slots_.size() - 1);
    }
    std::size_t slot_of(std::uint64_t number) const {
        std::size_t slot = home_of(number);
        while (slots_[slot].number != 0 && slots_[slot].number != number)
            slot = (slot + 1) & (slots_.size() - 1);
        return slot;
    }

    std::vector<Slot> slots_;
    std::unordered_map<std::string, std::size_t, Hash, std::equal_to<>> others_;
};

}  // namespace dreams::store
