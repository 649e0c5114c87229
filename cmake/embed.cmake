# The web pages and the bundled knowledge, made part of the program: library thaw_embedded.
#
# Pages come from web/ by npm, unless THAW_WEB_DIST names a folder that is built already.
set(THAW_WEB_DIST "" CACHE PATH "Folder of built pages to embed instead of building web/")
find_package(Python3 REQUIRED COMPONENTS Interpreter)

set(embedded_dir ${CMAKE_BINARY_DIR}/embedded)
file(GLOB_RECURSE bundled_files CONFIGURE_DEPENDS data/*)

if(THAW_WEB_DIST)
  set(web_dist ${THAW_WEB_DIST})
  file(GLOB_RECURSE web_built CONFIGURE_DEPENDS ${THAW_WEB_DIST}/*)
else()
  set(web_dist ${CMAKE_SOURCE_DIR}/web/dist)
  set(web_built ${embedded_dir}/web.stamp)
  file(GLOB_RECURSE web_sources CONFIGURE_DEPENDS web/src/* web/public/*)
  file(GLOB web_settings CONFIGURE_DEPENDS web/*.json web/*.ts web/*.js web/*.html)
  add_custom_command(
    OUTPUT ${web_built}
    COMMAND ${CMAKE_SOURCE_DIR}/tools/web_build.sh ${web_built}
    DEPENDS ${web_sources} ${web_settings} ${CMAKE_SOURCE_DIR}/tools/web_build.sh
    COMMENT "Building the web pages" VERBATIM)
endif()

add_custom_command(
  OUTPUT ${embedded_dir}/embedded.S ${embedded_dir}/embedded.cc
  COMMAND Python3::Interpreter ${CMAKE_SOURCE_DIR}/tools/embed.py
          --pages ${web_dist} --data ${CMAKE_SOURCE_DIR}/data --out ${embedded_dir}
  DEPENDS ${web_built} ${bundled_files} ${CMAKE_SOURCE_DIR}/tools/embed.py
  COMMENT "Embedding the web pages and the bundled knowledge" VERBATIM)

add_library(thaw_embedded STATIC ${embedded_dir}/embedded.S ${embedded_dir}/embedded.cc)
set_source_files_properties(${embedded_dir}/embedded.S PROPERTIES OBJECT_DEPENDS
                            ${embedded_dir}/embedded.cc)
target_include_directories(thaw_embedded PUBLIC src)
