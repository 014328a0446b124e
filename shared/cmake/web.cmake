# plus7_web_page(TARGET TITLE [BYPRODUCTS files…]): builds the npm project of this folder whenever one of its sources, or of
# shared/web, has changed. npm works in the folder itself: node_modules/ and dist/ are made there and are not kept in git.
# BYPRODUCTS are files of dist/ that other targets need.
function(plus7_web_page target title)
  cmake_parse_arguments(A "" "" "BYPRODUCTS" ${ARGN})
  find_program(PLUS7_NPM npm)
  if(NOT PLUS7_NPM)
    message(FATAL_ERROR "npm is needed for the web pages (Debian: apt install npm), or configure with -DPLUS7_WEB=OFF")
  endif()
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS src/* public/* scripts/* ${CMAKE_SOURCE_DIR}/shared/web/*)
  set(packages ${CMAKE_CURRENT_BINARY_DIR}/packages.stamp)
  set(built ${CMAKE_CURRENT_BINARY_DIR}/built.stamp)
  list(TRANSFORM A_BYPRODUCTS PREPEND ${CMAKE_CURRENT_SOURCE_DIR}/dist/)

  add_custom_command(
    OUTPUT ${packages}
    COMMAND ${PLUS7_NPM} ci
    COMMAND ${CMAKE_COMMAND} -E touch ${packages}
    DEPENDS package.json package-lock.json .npmrc
    WORKING_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR}
    COMMENT "${title}: packages"
    VERBATIM)
  add_custom_command(
    OUTPUT ${built}
    BYPRODUCTS ${A_BYPRODUCTS}
    COMMAND ${PLUS7_NPM} run build
    COMMAND ${CMAKE_COMMAND} -E touch ${built}
    DEPENDS ${packages} index.html vite.config.ts svelte.config.js tsconfig.json ${sources}
    WORKING_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR}
    COMMENT "${title}: build"
    VERBATIM)
  add_custom_target(${target} ALL DEPENDS ${built})
endfunction()
