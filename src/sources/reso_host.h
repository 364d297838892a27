#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "sources/reso.h"

namespace dreams::sources {

/// What differs between those who serve RESO's Web API (property-sources B4, B5).
struct ResoHost {
    enum class Order { asked_for, its_own };  ///< its own: by modification; no $orderby, no $count
    enum class Photos { linked, not_to_be };  ///< whether the addresses of photos may be kept
    enum class Named { by_key, by_number };   ///< how listings are asked for by name

    std::string name;                                ///< in sentences
    std::string modified = "ModificationTimestamp";  ///< the field that every change moves
    int page = 200;                                  ///< rows that one answer may hold
    Order order = Order::asked_for;
    Photos photos = Photos::linked;
    Named named = Named::by_key;
    std::vector<std::string> own_fields = {};  ///< of interest, and beyond the data dictionary
    bool marks_withdrawn = false;              ///< MlgCanView: and the first walk asks for true
    bool one_system = false;                   ///< answers only for one system at a time
    bool refusal_suspends = false;             ///< a 429 says that the token is no good for now
    std::size_t prefix = 0;                    ///< letters before each number that are not shown
    std::string scope = "";                    ///< that a token is asked for
    int a_second = 2;                          ///< requests
    std::vector<AskLimit> limits = {};         ///< that outlast the program
};

/// By `settings.service`; where that is empty by the host of `settings.url`. Throws Error{invalid}:
/// no such service.
ResoHost reso_host(const ResoSettings& settings);

}  // namespace dreams::sources
