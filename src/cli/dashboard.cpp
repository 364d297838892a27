#include "cli/dashboard.h"

#include <signal.h>

#include "base/serve.h"

namespace dreams::cli {
namespace {

sigset_t end_signals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    return signals;
}

}  // namespace

void hold_end_signals() {
    const sigset_t signals = end_signals();
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
}

void serve_until_asked_to_end(const web::WebOptions& options, const std::string& address, int port,
                              const std::function<void(const std::string& url)>& ready) {
    const web::Dashboard dashboard(options);
    http::ServerOptions server_options;
    server_options.address = address;
    server_options.port = port;
    http::Server server(server_options, dashboard.handler());
    const bool ipv6 = address.find(':') != std::string::npos;
    ready("http://" + (ipv6 ? "[" + address + "]" : address) + ":" + std::to_string(server.port()));
    const sigset_t signals = end_signals();
    int signal = 0;
    sigwait(&signals, &signal);
    server.stop();
}

}  // namespace dreams::cli
