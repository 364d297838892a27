#pragma once

#include <cstddef>
#include <utility>

namespace dreams {

namespace detail {
template <std::size_t place, class Each>
struct Placed {
    Each each;
};

template <std::size_t place, class Each>
constexpr const auto& at_place(const Placed<place, Each>& placed) {
    return placed.each;
}

template <class Places, class... Each>
class Placing;
template <std::size_t... place, class... Each>
class Placing<std::index_sequence<place...>, Each...> : Placed<place, Each>... {
public:
    constexpr explicit Placing(const Each&... each) : Placed<place, Each>{each}... {}

    /// The one at a place, counted from 0.
    template <std::size_t wanted>
    constexpr const auto& get() const {
        return at_place<wanted>(*this);
    }
    /// Calls `take` with all of them.
    template <class F>
    constexpr auto apply(F&& take) const {
        return take(Placed<place, Each>::each...);
    }
};
}  // namespace detail

/// Values of several types side by side. A std::tuple of forty is forty classes deep, and reading
/// those was a third of a build's time; this is one deep.
template <class... Each>
class Pack : public detail::Placing<std::index_sequence_for<Each...>, Each...> {
public:
    constexpr explicit Pack(const Each&... each)
        : detail::Placing<std::index_sequence_for<Each...>, Each...>(each...) {}
};

}  // namespace dreams
