#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>

namespace dreams::sim {

/// One well-mixed number from several: SplitMix64's finaliser over each in turn. Whole numbers
/// only, so that every machine and compiler gets the same town (std::*_distribution does not).
constexpr std::uint64_t mixed(std::initializer_list<std::uint64_t> parts) {
    std::uint64_t state = 0x9e3779b97f4a7c15u;
    for (const std::uint64_t part : parts) {
        state += part + 0x9e3779b97f4a7c15u;
        state = (state ^ (state >> 30)) * 0xbf58476d1ce4e5b9u;
        state = (state ^ (state >> 27)) * 0x94d049bb133111ebu;
        state ^= state >> 31;
    }
    return state;
}

/// A stream of random numbers: SplitMix64 (Steele, Lea, Flood 2014). Cheap to start, so that each
/// person and day has a stream of its own and nothing depends on the order of asking.
class Random {
public:
    explicit constexpr Random(std::uint64_t seed) : state_(seed) {}
    explicit constexpr Random(std::initializer_list<std::uint64_t> parts) : state_(mixed(parts)) {}

    constexpr std::uint64_t next() {
        state_ += 0x9e3779b97f4a7c15u;
        std::uint64_t z = state_;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
        return z ^ (z >> 31);
    }

    /// 0 … n−1; 0 for n = 0. The bias is below n / 2^32 for small n: nothing here could see it.
    constexpr std::uint64_t below(std::uint64_t n) {
        if (n == 0) return 0;
        return n <= 0xffffffffu ? (next() >> 32) * n >> 32 : next() % n;
    }
    /// low … high, both included.
    constexpr int between(int low, int high) {
        return low + static_cast<int>(below(static_cast<std::uint64_t>(high - low + 1)));
    }
    /// True `permille` times in a thousand.
    constexpr bool chance(int permille) { return static_cast<int>(below(1000)) < permille; }

    template <class List>
    constexpr const auto& of(const List& list) {
        return list[static_cast<std::size_t>(below(list.size()))];
    }

private:
    std::uint64_t state_;
};

}  // namespace dreams::sim
