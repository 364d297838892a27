#include "store/request_counts.h"

namespace dreams::store {
namespace {

constexpr std::chrono::hours remembered{48};  // twice the longest window that a service counts in

}  // namespace

std::vector<AskedMinute> asked_since(Db& db, const std::string& service, Instant since) {
    return db.list<AskedMinute>(R"sql(
        SELECT minute, requests, bytes FROM dreams_request_counts
         WHERE service = :service AND minute >= :since ORDER BY minute)sql",
                                {{"service", service}, {"since", since}});
}

void count_asked(Db& db, const std::string& service, const AskedMinute& asked) {
    db.run(R"sql(
        INSERT INTO dreams_request_counts (service, minute, requests, bytes)
        VALUES (:service, :minute, :requests, :bytes) ON CONFLICT (service, minute) DO UPDATE
           SET requests = dreams_request_counts.requests + excluded.requests,
               bytes = dreams_request_counts.bytes + excluded.bytes)sql",
           {{"service", service},
            {"minute", asked.minute},
            {"requests", asked.requests},
            {"bytes", asked.bytes}});
    db.run("DELETE FROM dreams_request_counts WHERE service = :service AND minute < :old",
           {{"service", service}, {"old", asked.minute - remembered}});
}

}  // namespace dreams::store
