// None of this may compile. html_misuse.cmake runs the compiler over it and looks for each text
// behind `expect:` in its messages (a Problem, and the template's line). Without MISUSE it compiles.
// clang-format off
#include <string>

#include "base/html.h"

namespace html = dreams::html;

#ifdef MISUSE
#define WRONG(name, text)                         \
    static constexpr std::string_view name{text}; \
    static_assert(html::sound<name>)
#else
#define WRONG(name, text) static constexpr std::string_view name{text}
#endif

WRONG(in_tag_name, "<{x}>");                         // expect: value_in_tag_name, 1
WRONG(in_end_tag, "<p></{x}>");                      // expect: value_in_tag_name, 1
WRONG(in_attribute_name, "<p\n{x}=\"1\"></p>");      // expect: value_in_attribute_name, 2
WRONG(unquoted, "<p>\n\n<a href={x}></a></p>");      // expect: value_in_unquoted_attribute, 3
WRONG(handler, "<p ONclick=\"f({x})\"></p>");        // expect: value_in_event_handler, 1
WRONG(htmx, "<p hx-vals=\"js:{x}\"></p>");           // expect: value_in_event_handler, 1
WRONG(in_style, "<p style=\"width:{x}px\"></p>");    // expect: value_in_style_attribute, 1
WRONG(in_srcdoc, "<iframe srcdoc=\"{x}\"></iframe>");        // expect: value_in_srcdoc, 1
WRONG(in_srcset, "<img srcset=\"{x} 2x\">");         // expect: value_in_srcset, 1
WRONG(in_script, "<script>let a = '{x}'</script>");  // expect: value_in_script_or_style, 1
WRONG(in_style_element, "<style>.a:{x}</style>");    // expect: value_in_script_or_style, 1
WRONG(in_comment, "<!-- {x} -->");                   // expect: value_in_comment, 1
WRONG(in_doctype, "<!doctype {x}>");                 // expect: value_in_declaration, 1
WRONG(in_meta, "<meta http-equiv=\"refresh\" content=\"0;url={x}\">");  // expect: value_in_meta_content, 1
WRONG(in_animation, "<svg><set to=\"{x}\"/></svg>");                   // expect: value_in_animation, 1
WRONG(in_host, "<a href=\"https://{x}/a\"></a>");    // expect: value_in_host_of_url, 1
WRONG(in_other_host, "<a href=\"//{x}/a\"></a>");    // expect: value_in_host_of_url, 1
WRONG(runs, "<script src=\"{x}\"></script>");        // expect: value_chooses_what_runs, 1
WRONG(scheme, "<a href=\"javascript:f({x})\"></a>");     // expect: url_scheme_not_allowed, 1
WRONG(hidden_scheme, "<a href=\"java&#115;cript:\"></a>");   // expect: url_scheme_not_allowed, 1
WRONG(built_scheme, "<a href=\"java{x}:f()\"></a>");     // expect: url_scheme_not_allowed, 1
WRONG(value_as_scheme, "<a href=\"{x}:f()\"></a>");      // expect: url_scheme_not_allowed, 1
WRONG(no_quotes, "<p class=a></p>");                 // expect: attribute_without_quotes, 1
WRONG(bare_less, "<p>1 < 2</p>");                    // expect: less_than_sign_not_escaped, 1
WRONG(malformed, "<p \"a\"></p>");                   // expect: tag_malformed, 1
WRONG(not_closed, "<div><p></p>");                   // expect: element_not_closed, 1
WRONG(slash, "<div/>");                              // expect: element_closed_by_slash, 1
WRONG(crossed, "<b><i></b></i>");                    // expect: end_tag_without_start, 1
WRONG(brace, "<p>a } b</p>");                        // expect: stray_brace, 1
WRONG(upper, "<p>{Name}</p>");                       // expect: name_not_lowercase, 1
WRONG(section_in_tag, "<p>{?x}</p>{/x}");            // expect: end_tag_without_start, 1
WRONG(section_opens_tag, "{?x}<p>{/x}</p>");         // expect: section_ends_elsewhere, 1
WRONG(section_moves_url, "<a href=\"{?x}a{/x}{y}\"></a>");   // expect: section_ends_elsewhere, 1
WRONG(section_joins_name, "<p {?x}on{/x}click=\"{y}\"></p>");  // expect: section_ends_elsewhere, 1
WRONG(section_open, "{?x}<p></p>");                  // expect: section_not_closed, 1
WRONG(section_other, "{?x}{/y}");                    // expect: section_not_opened, 1
WRONG(ends_in_tag, "<p>a</p><p class=\"");           // expect: template_ends_inside_tag, 1

static constexpr std::string_view row{"<p title=\"{title}\">{name}{?note}*{/note}</p>"};

std::string uses() {
    const std::string ann = "Ann";
#ifdef MISUSE
    html::render<row>(html::arg<"name">(ann), html::arg<"note">(ann));  // expect: "title"
    html::render<row>(html::arg<"title">(ann), html::arg<"name">(ann),
                      html::arg<"note">(ann), html::arg<"phone">(ann));  // expect: "phone"
    html::render<row>(html::arg<"title">(ann), html::arg<"name">(ann),
                      html::arg<"name">(ann), html::arg<"note">(ann));  // expect: a value is given twice
    html::render<row>(html::arg<"title">(html::Safe{}), html::arg<"name">(ann),
                      html::arg<"note">(ann));  // expect: markup may stand only between tags
    html::render<row>(html::arg<"title">(ann), html::arg<"name">(true),
                      html::arg<"note">(ann));  // expect: bool is for sections only
    html::render<row>(html::arg<"title">(ann), html::arg<"name">(ann),
                      html::arg<"note">(7));  // expect: a section wants a bool
#endif
    return html::render<row>(html::arg<"title">(ann), html::arg<"name">(ann),
                             html::arg<"note">(true))
        .str();
}
