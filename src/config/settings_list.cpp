#include "config/settings.h"

namespace dreams::config {

const std::vector<Setting>& all_settings() {
    using enum Kind;
    static const std::vector<Setting> all{
        {"database", text, "dreams.db", "path", "The file that holds everything."},
        {"environment", text, "dev", "dev or prd", "Which of the two copies this is."},
        {"zone", zone, "America/New_York", "IANA name",
         "The office's time zone: its days and hours."},
        {"now", instant, "", "instant, UTC",
         "A fixed clock, for runs that can be repeated; shown on every page."},
        {"fub.url", text, "https://api.followupboss.com/v1", "URL",
         "Where Follow Up Boss answers."},
        {"fub.api_key", secret, "", "", "Your key, from Follow Up Boss, Admin, API."},
        {"fub.system", text, "", "",
         "The name this installation is registered under with Follow Up Boss."},
        {"fub.system_key", secret, "", "",
         "The key of that registration; it doubles what may be asked."},
        {"fub.event_types", words, "", "type=word, …",
         "What a Follow Up Boss event type is kept as, where your office wants it otherwise."},
        {"fub.people_url", text, "", "URL",
         "What a person's number is put behind to open them in Follow Up Boss: "
         "https://yourteam.followupboss.com/2/people/view/"},
        {"web.listen", text, "127.0.0.1:8484", "address:port",
         "Where the dashboard answers; this machine only, until there are logins."},
        {"web.api_key", secret, "", "",
         "What X-API-Key must hold under /api/; not set: only this machine's own programs and "
         "pages may ask."},
        {"web.allowed_origins", list, "", "origins",
         "Whose pages may read the API's answers: chrome-extension:// and the extension's id."},

        {"idx.url", text, "", "URL", "Your team's public listing site."},
        {"idx.pace", number, "5", "seconds", "Between two requests to that site.", Used::later},
        {"fetch.allow_hosts", list, "", "hosts", "Sites that may be read automatically.",
         Used::later},
        {"reso.url", text, "", "URL", "Your MLS's RESO Web API.", Used::later},
        {"reso.token", secret, "", "", "Its bearer token.", Used::later},
        {"reso.client_id", text, "", "", "Its client id, where it has one.", Used::later},
        {"reso.client_secret", secret, "", "", "Its client secret.", Used::later},
        {"reso.token_url", text, "", "URL", "Where its tokens are given out.", Used::later},
        {"reso.system", text, "", "", "The originating system's exact name.", Used::later},
        {"notion.url", text, "https://api.notion.com/v1", "URL", "Where Notion answers.",
         Used::later},
        {"notion.token", secret, "", "", "Your integration's token.", Used::later},
        {"notion.data_source", text, "", "id or URL", "The properties database.", Used::later},
        {"web.public_url", text, "", "URL", "What the dashboard is called from outside.",
         Used::later},
    };
    return all;
}

bool is_later_section(std::string_view section) {
    return section == "mail" || section == "notify";
}

}  // namespace dreams::config
