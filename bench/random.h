#pragma once

#include <cmath>
#include <cstdint>
#include <span>

namespace dreams::bench {

/// SplitMix64 (Steele, Lea, Flood 2014): the same numbers on every machine.
class Random {
public:
    explicit Random(std::uint64_t seed) : state_(seed) {}

    std::uint64_t next() {
        state_ += 0x9e3779b97f4a7c15u;
        std::uint64_t z = state_;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
        return z ^ (z >> 31);
    }
    /// 0 … n−1.
    std::size_t below(std::size_t n) { return (next() >> 32) * n >> 32; }
    /// low … high, both included.
    int between(int low, int high) {
        return low + static_cast<int>(below(static_cast<std::size_t>(high - low + 1)));
    }
    bool chance(double share) { return unit() < share; }
    /// 0 to 1, 1 excluded.
    double unit() { return static_cast<double>(next() >> 11) * 0x1p-53; }
    /// About a normal deviate: twelve dice less their mean.
    double bell() {
        double sum = -6;
        for (int i = 0; i < 12; ++i) sum += unit();
        return sum;
    }
    template <class List>
    const auto& of(const List& list) {
        return list[below(std::size(list))];
    }

private:
    std::uint64_t state_;
};

}  // namespace dreams::bench
