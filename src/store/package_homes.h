#pragma once

#include <string>

namespace dreams::store {

/// `packages.property_ids` once the home `gone` has become `kept`: each home once, in their order.
/// What is no list of ids stays as it is.
std::string package_homes(const std::string& ids, const std::string& gone, const std::string& kept);

}  // namespace dreams::store
