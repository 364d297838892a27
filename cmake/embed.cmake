# Templates and static files are files in the tree and bytes in the binary.
#
# templates/NAME.html becomes generated/templates/NAME.h, which holds dreams::templates::NAME for
# base/html.h; every template is checked, also one that no page uses yet. static/* lie behind
# dreams::static_file (base/assets.h) with an ETag made from their content. packaging/dreams.service
# becomes generated/packaging/service_unit.h, for `dreams install`.

# As a script, `cmake -DDO=… -P embed.cmake` does the work of the build steps below.
if(CMAKE_SCRIPT_MODE_FILE)
    if(DO STREQUAL "template")
        file(READ ${IN} text)
        # Indentation is for us; line ends stay, so that the compiler names the file's own lines.
        string(REGEX REPLACE "\n[ \t]+" "\n" text "${text}")
        if(text MATCHES "\\)html\"")
            message(FATAL_ERROR "${IN} holds )html\", which ends a raw string")
        endif()
        get_filename_component(name ${IN} NAME_WE)
        file(WRITE ${OUT} "#pragma once

#include \"base/html.h\"

namespace dreams::templates {

/// templates/${name}.html
inline constexpr std::string_view ${name} = R\"html(${text})html\";

}  // namespace dreams::templates
")
    elseif(DO STREQUAL "unit")
        file(READ ${IN} text)
        file(WRITE ${OUT} "#pragma once

#include <string_view>

namespace dreams::packaging {

/// packaging/dreams.service
inline constexpr std::string_view service_unit = R\"unit(${text})unit\";

}  // namespace dreams::packaging
")
    elseif(DO STREQUAL "static")
        set(types "css=text/css|svg=image/svg+xml|js=text/javascript|json=application/json|png=image/png|txt=text/plain|woff2=font/woff2")
        set(declarations "")
        set(rows "")
        file(GLOB files RELATIVE ${IN} ${IN}/*)
        foreach(file ${files})
            file(SHA256 ${IN}/${file} hash)
            string(SUBSTRING ${hash} 0 16 hash)
            string(MAKE_C_IDENTIFIER ${file} symbol)
            get_filename_component(extension ${file} LAST_EXT)
            string(SUBSTRING ${extension} 1 -1 extension)
            if(NOT types MATCHES "(^|[|])${extension}=([^|]*)")
                message(FATAL_ERROR "static/${file}: no content type is known for .${extension}")
            endif()
            set(type ${CMAKE_MATCH_2})
            if(type MATCHES "^text/|json|svg")
                string(APPEND type "; charset=utf-8")
            endif()
            string(APPEND declarations "extern const char dreams_static_${symbol}[], dreams_static_${symbol}_end[];\n")
            string(APPEND rows "    {\"${file}\", dreams_static_${symbol}, dreams_static_${symbol}_end, \"${type}\", \"\\\"${hash}\\\"\"},\n")
        endforeach()
        file(WRITE ${OUT} "#include \"base/assets.h\"

extern \"C\" {
${declarations}}

namespace dreams {
namespace {

struct Row {
    std::string_view path;
    const char *begin, *end;
    std::string_view content_type, etag;
};
const Row rows[] = {
${rows}};

}  // namespace

std::optional<StaticFile> static_file(std::string_view path) {
    for (const Row& row : rows)
        if (row.path == path)
            return StaticFile{{row.begin, static_cast<std::size_t>(row.end - row.begin)},
                              row.content_type,
                              row.etag};
    return std::nullopt;
}

}  // namespace dreams
")
    endif()
    return()
endif()

set(EMBED_SCRIPT ${CMAKE_CURRENT_LIST_FILE})
set(GENERATED ${CMAKE_BINARY_DIR}/generated)
file(MAKE_DIRECTORY ${GENERATED}/templates)

file(GLOB templates CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/templates/*.html)
set(template_headers "")
set(includes "")
set(checks "")
foreach(template ${templates})
    get_filename_component(name ${template} NAME_WE)
    if(NOT name MATCHES "^[a-z][a-z0-9_]*$")
        message(FATAL_ERROR "templates/${name}.html: the name must be a C++ name in lower case")
    endif()
    set(header ${GENERATED}/templates/${name}.h)
    add_custom_command(OUTPUT ${header}
        COMMAND ${CMAKE_COMMAND} -DDO=template -DIN=${template} -DOUT=${header} -P ${EMBED_SCRIPT}
        DEPENDS ${template} ${EMBED_SCRIPT}
        COMMENT "Embedding templates/${name}.html")
    list(APPEND template_headers ${header})
    string(APPEND includes "#include \"templates/${name}.h\"\n")
    string(APPEND checks "static_assert(dreams::html::sound<dreams::templates::${name}>);\n")
endforeach()
file(CONFIGURE OUTPUT ${GENERATED}/templates_checked.cpp
    CONTENT "// Every template is safe and sound, or this does not compile.\n${includes}\n${checks}")

file(GLOB statics CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/static/*)
set(assembly "")
foreach(static ${statics})
    get_filename_component(file ${static} NAME)
    string(MAKE_C_IDENTIFIER ${file} symbol)
    set(symbol dreams_static_${symbol})
    string(APPEND assembly ".global ${symbol}, ${symbol}_end\n${symbol}:\n.incbin \"${static}\"\n${symbol}_end:\n.byte 0\n")
endforeach()
file(CONFIGURE OUTPUT ${GENERATED}/static_files.S
    CONTENT ".section .rodata\n${assembly}.section .note.GNU-stack,\"\",%progbits\n")
set_source_files_properties(${GENERATED}/static_files.S PROPERTIES OBJECT_DEPENDS "${statics}")
add_custom_command(OUTPUT ${GENERATED}/static_files.cpp
    COMMAND ${CMAKE_COMMAND} -DDO=static -DIN=${CMAKE_SOURCE_DIR}/static
            -DOUT=${GENERATED}/static_files.cpp -P ${EMBED_SCRIPT}
    DEPENDS ${statics} ${EMBED_SCRIPT} ${GENERATED}/static_files.S
    COMMENT "Listing the static files")

set(unit ${CMAKE_SOURCE_DIR}/packaging/dreams.service)
set(unit_header ${GENERATED}/packaging/service_unit.h)
file(MAKE_DIRECTORY ${GENERATED}/packaging)
add_custom_command(OUTPUT ${unit_header}
    COMMAND ${CMAKE_COMMAND} -DDO=unit -DIN=${unit} -DOUT=${unit_header} -P ${EMBED_SCRIPT}
    DEPENDS ${unit} ${EMBED_SCRIPT}
    COMMENT "Embedding packaging/dreams.service")

add_library(dreams_templates STATIC ${template_headers} ${unit_header} ${GENERATED}/templates_checked.cpp
    ${GENERATED}/static_files.cpp ${GENERATED}/static_files.S)
target_link_libraries(dreams_templates PUBLIC dreams_base)
