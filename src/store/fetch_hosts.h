#pragma once

#include <vector>

#include "base/db.h"
#include "model/fetch_host.h"

namespace dreams::store {

/// What earlier runs learned of web sites.
std::vector<FetchHost> fetch_hosts(Db& db);

/// Remembers it. A commit of its own, unless the caller has one.
void keep_fetch_hosts(Db& db, const std::vector<FetchHost>& hosts);

}  // namespace dreams::store
