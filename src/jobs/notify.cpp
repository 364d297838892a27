#include "jobs/notify.h"

#include "store/origin.h"

namespace dreams::jobs {

Notified send_all(Db& db, const std::string& environment,
                  const std::vector<delivery::Channel>& channels,
                  const delivery::Message& message) {
    store::require_may_send(db, environment);
    Notified result;
    for (const auto& channel : channels) try {
            channel.send(message);
            result.took.push_back(channel.name);
        } catch (const Error& error) {
            result.not_taken.push_back({channel.name, error.fault(), error.what()});
        }
    return result;
}

}  // namespace dreams::jobs
