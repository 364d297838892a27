#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "base/pace.h"
#include "sources/reso_host.h"

namespace dreams::sources {

/// What shows who we are: the token of the settings, or one that is got for client id and secret
/// (OAuth 2.0, RFC 6749 §4.4) and got anew before it expires.
class ResoToken {
public:
    /// Keeps references to all but the settings.
    ResoToken(const ResoSettings& settings, const ResoHost& host, http::Pace& pace, Clock& clock);

    /// Asks for one where there is none that is still good. Throws Error{unauthorized}: id and
    /// secret are refused; Error{unavailable}: no answer that holds a token.
    const std::string& text();
    /// It was refused. True: another may be got, and `text` gets it.
    bool forget();

private:
    void get();

    const ResoSettings settings_;
    const ResoHost& host_;
    http::Pace& pace_;
    Clock& clock_;
    std::string token_;
    std::optional<std::chrono::steady_clock::duration> expires_;
};

}  // namespace dreams::sources
