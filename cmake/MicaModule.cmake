# SPDX-License-Identifier: BSL-1.0
# mica::module, for `import mica;`: built where a project has asked for it, by a compiler and a generator that know modules.
if(CMAKE_VERSION VERSION_LESS 3.28)
    message(FATAL_ERROR "MICA_BUILD_MODULE: CMake knows modules of C++ from version 3.28 on, this is ${CMAKE_VERSION}")
endif()
add_library(mica_module STATIC)
add_library(mica::module ALIAS mica_module)
target_sources(mica_module PUBLIC FILE_SET CXX_MODULES BASE_DIRS modules FILES modules/mica.cppm)
target_link_libraries(mica_module PUBLIC mica)
set_target_properties(mica_module PROPERTIES CXX_SCAN_FOR_MODULES ON)
