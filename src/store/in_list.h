#pragma once

#include <bit>
#include <string>
#include <vector>

#include "base/db.h"

namespace dreams::store {

/// The places of an `IN (…)` for so many texts: `:in0, :in1, …`. There are as many as the next
/// power of two, so that lists of all lengths share a few prepared statements; bind_list leaves
/// the places that are left over NULL, which equals nothing.
inline std::string in_list(std::size_t count) {
    std::string places;
    for (std::size_t i = 0; i < std::bit_ceil(count); ++i)
        places += (i ? ", :in" : ":in") + std::to_string(i);
    return places;
}

/// Binds the texts of ids (or texts) to the places that in_list made. They must outlive the
/// statement's use.
template <class T>
void bind_list(Statement& statement, const std::vector<T>& values) {
    for (std::size_t i = 0; i < values.size(); ++i)
        Field<T>::bind(statement, statement.parameter(("in" + std::to_string(i)).c_str()),
                       values[i], Hold::borrow);
}

}  // namespace dreams::store
