#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sim/idx/site.h"

// What the simulated site writes. Internal to sim/idx.

namespace dreams::sim {

/// A home as the site has it at a moment.
struct Shown {
    std::string number, street, city, state, code, type, status, board;
    std::int64_t price = 0;
    int beds = 0, half_baths = 0, sqft = 0, acres_hundredths = 0, year_built = 0;
    std::int64_t lat_e6 = 0, lng_e6 = 0;

    std::string address() const { return street + ", " + city + ", " + state; }
    std::string whole_address() const { return address() + " " + code; }
    std::string path() const { return "/property/" + number + "/"; }
    std::string photo() const;  ///< on the site itself
};

Shown shown(const Home& home, const IdxOptions& options);

/// `base`: the site's address, `http://127.0.0.1:8080`. `nearby`: homes that stand beside this one.
std::string home_page(const Shown& home, const std::string& base, const std::vector<Shown>& nearby,
                      IdxOptions::Page kind);
std::string results_page(const std::string& query, const std::vector<Shown>& homes);
std::string scripted_page();  ///< results that only a browser's script would show
std::string sorry_page();
std::string not_found_page();
http::Response wall_answer(IdxWall wall);

/// The newer search: a hit with the fields that were asked for; one that nobody knows is left out.
std::string newer_hits(const std::vector<Shown>& homes, std::string_view fields, bool photos);
std::string older_hits(const std::vector<Shown>& homes);
std::string metadata(const std::string& criterion, const std::string& value);

/// A picture of a house, 160 × 120, its colours from the number: PNG.
std::string picture(std::string_view number);

}  // namespace dreams::sim
