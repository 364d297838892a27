#include "cli/dashboard.h"

#include <signal.h>
#include <unistd.h>

#include "base/serve.h"
#include "cli/service_manager.h"

namespace dreams::cli {
namespace {

sigset_t end_signals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    return signals;
}

/// Waits until the process is asked to end; 0: `patience` is over.
int asked_to_end(const sigset_t& signals, const timespec& patience) {
    const int signal = ::sigtimedwait(&signals, nullptr, &patience);
    return signal > 0 ? signal : 0;
}

std::string url_of(const std::string& address, int port) {
    const bool ipv6 = address.find(':') != std::string::npos;
    return "http://" + (ipv6 ? "[" + address + "]" : address) + ":" + std::to_string(port);
}

}  // namespace

void hold_end_signals() {
    const sigset_t signals = end_signals();
    ::pthread_sigmask(SIG_BLOCK, &signals, nullptr);
}

EndAtOnce::EndAtOnce(std::function<void()> last_thing)
    : watcher_([last_thing = std::move(last_thing)](const std::stop_token& over) {
          constexpr timespec look_again{.tv_sec = 0, .tv_nsec = 50'000'000};
          while (!over.stop_requested())
              if (const int signal = asked_to_end(end_signals(), look_again)) {
                  last_thing();
                  ::_exit(128 + signal);  // as the shell says it of a process that a signal ended
              }
      }) {}

void wait_until_asked_to_end() {
    using namespace std::chrono;
    const auto every = watchdog_patience().value_or(hours{1}) / 2;  // twice as often as it wants
    const auto whole = floor<seconds>(every);
    const timespec patience{.tv_sec = whole.count(), .tv_nsec = nanoseconds(every - whole).count()};
    const sigset_t signals = end_signals();
    while (!asked_to_end(signals, patience))
        if (watchdog_patience()) tell_service_manager("WATCHDOG=1");
    ::pthread_sigmask(SIG_UNBLOCK, &signals, nullptr);
}

void serve_until_asked_to_end(const web::WebOptions& options, const Listen& listen,
                              const std::function<void(const std::string& url)>& ready) {
    const web::Dashboard dashboard(options);
    http::ServerOptions server_options;
    server_options.address = listen.address;
    server_options.port = listen.port;
    server_options.mishap = options.log;
    server_options.before_body = dashboard.before_body();
    http::Server server(server_options, dashboard.handler());
    ready(url_of(listen.address, server.port()));
    tell_service_manager("READY=1");
    wait_until_asked_to_end();
    tell_service_manager("STOPPING=1");
    server.stop();
}

}  // namespace dreams::cli
