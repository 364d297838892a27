#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"

// How mail and pages say numbers and times, in American English.

namespace dreams::delivery {

/// `just now`, `25 minutes ago`, `3 hours ago`, `yesterday`, `12 days ago`, `5 weeks ago`,
/// `4 months ago`, `2 years ago`; `in 3 days` for what is to come. Days are 24 hours.
std::string ago(Instant then, Instant now);
std::optional<std::string> ago(const std::optional<Instant>& then, Instant now);

/// `Tuesday, January 20`, with the year when it is another one than that of `today`.
std::string day_text(Date day, Date today);

std::string time_text(Instant at, const Zone& zone);  ///< `4:05 pm`, by the office's clock

/// `January 19, 4:05 pm`, with the year when it is another one than that of `today`.
std::string moment_text(Instant at, const Zone& zone, Date today);

std::string took_text(Instant begun, Instant ended);  ///< `12 s`, `3 min 5 s`

std::string size_text(std::int64_t bytes);  ///< `840 kB`, `160 MB`, in powers of ten

std::string money(std::int64_t dollars);  ///< `$450,000`

/// `1 person`, `1,430 people`.
std::string counted(std::int64_t number, std::string_view one, std::string_view many);

std::string fit_text(double points);  ///< how well a home fits a buyer, of 100: `84`

std::string signed_points(double points);  ///< `+12.3`, `−4.0`

/// What a phone number is dialled by: `+18285550100`. Ten digits are American. None: too few
/// digits to be one.
std::optional<std::string> dialled(const std::optional<std::string>& phone);

/// A phone number as people read it: an American one is `(828) 555-0100` however it came; any
/// other, and one with words in it, is as it came.
std::optional<std::string> shown_phone(const std::optional<std::string>& phone);

/// Where a person came from; none: nobody knows, for which Follow Up Boss has a word in brackets.
std::optional<std::string> source_text(const std::optional<std::string>& source);

/// What a source of the sync is to people: `fub` is Follow Up Boss. Begins a sentence.
std::string name_of_source(std::string_view source);

/// A word of ours for people's eyes: `stage_factor` is `Stage factor`.
std::string label_of(std::string_view word);

}  // namespace dreams::delivery
