#pragma once

// A form with files, as a browser sends it.

#include <string>
#include <utility>
#include <vector>

#include "web/web_site.h"

namespace dreams::test {

class Form {
public:
    Form& field(const std::string& name, const std::string& value) {
        return part("name=\"" + name + "\"", value);
    }
    Form& file(const std::string& name, const std::string& content) {
        return part("name=\"files\"; filename=\"" + name + "\"\r\nContent-Type: text/csv", content);
    }
    http::Response sent_to(const WebSite& site, const std::string& path,
                           http::Headers headers = {}) const {
        headers.emplace_back("Content-Type", "multipart/form-data; boundary=xYzZy");
        return site.ask("POST", path, std::move(headers), body());
    }
    std::string body() const { return parts_ + "--xYzZy--\r\n"; }

private:
    Form& part(const std::string& disposition, const std::string& content) {
        parts_ += "--xYzZy\r\nContent-Disposition: form-data; " + disposition + "\r\n\r\n" +
                  content + "\r\n";
        return *this;
    }
    std::string parts_;
};

}  // namespace dreams::test
