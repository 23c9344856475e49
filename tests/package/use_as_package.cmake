# SPDX-License-Identifier: BSL-1.0
# Builds and runs examples/consumer, which gets mica in the WAY that its CMakeLists.txt names, or without CMake by
# pkg-config or by copying its headers; TARGET is mica, compiled, asio or regexp.
cmake_minimum_required(VERSION 3.25)
set(consumer "${MICA_SOURCE_DIR}/examples/consumer")

set(sources "${consumer}/main.cpp" "${consumer}/garage.cpp")
if("${TARGET}" STREQUAL "regexp")
    set(sources "${consumer}/regexp.cpp")
endif()

function(run what)
    execute_process(COMMAND ${ARGN} RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE output)
    if(NOT status EQUAL 0)
        message(FATAL_ERROR "${what} failed (${status}):\n${output}")
    endif()
    set(output "${output}" PARENT_SCOPE)
endfunction()

file(REMOVE_RECURSE "${WORK_DIR}")
if(WAY MATCHES "^(find_package|pkg_config)$")
    run("install" "${CMAKE_COMMAND}" --install "${MICA_BINARY_DIR}" --prefix "${WORK_DIR}/prefix")
    set(where "-DCMAKE_PREFIX_PATH=${WORK_DIR}/prefix")
elseif(WAY STREQUAL "add_subdirectory")
    set(where "-DMICA_SOURCE_DIR=${MICA_SOURCE_DIR}")
elseif(WAY STREQUAL "FetchContent")
    set(where "-DFETCHCONTENT_SOURCE_DIR_MICA=${MICA_SOURCE_DIR}")
elseif(NOT WAY STREQUAL "copied_headers")
    message(FATAL_ERROR "no way to use a package: ${WAY}")
endif()

if(WAY STREQUAL "copied_headers")
    file(COPY "${MICA_SOURCE_DIR}/include/mica" DESTINATION "${WORK_DIR}/third_party")
    file(MAKE_DIRECTORY "${WORK_DIR}/build")
    run("building the consumer" "${COMPILER}" -std=c++20 "-I${WORK_DIR}/third_party" ${sources}
        -o "${WORK_DIR}/build/consumer" -lsqlite3)
elseif(WAY STREQUAL "pkg_config")
    string(REPLACE "mica-mica" "mica" package "mica-${TARGET}")
    file(GLOB_RECURSE file "${WORK_DIR}/prefix/${package}.pc")
    cmake_path(GET file PARENT_PATH folder)
    set(ENV{PKG_CONFIG_PATH} "${folder}")
    run("pkg-config" pkg-config --cflags --libs ${package})
    separate_arguments(flags UNIX_COMMAND "${output}")
    file(MAKE_DIRECTORY "${WORK_DIR}/build")
    run("building the consumer" "${COMPILER}" -std=c++20 ${sources} -o "${WORK_DIR}/build/consumer" ${flags})
    run("pkg-config" pkg-config --modversion ${package})
    set(version "${output}")
else()
    run("configuring the consumer" "${CMAKE_COMMAND}" -S "${consumer}" -B "${WORK_DIR}/build" -G "${GENERATOR}"
        "-DCMAKE_CXX_COMPILER=${COMPILER}" "-DMICA_FROM=${WAY}" "-DMICA_TARGET=mica::${TARGET}" "${where}"
        "-DCMAKE_CXX_COMPILER_LAUNCHER=${LAUNCHER}")
    run("building the consumer" "${CMAKE_COMMAND}" --build "${WORK_DIR}/build" --parallel 1)
endif()

if(WAY STREQUAL "find_package" AND "${TARGET}" STREQUAL "mica")
    file(WRITE "${WORK_DIR}/absent/CMakeLists.txt" "cmake_minimum_required(VERSION 3.25)\nproject(absent LANGUAGES CXX)\n"
        "find_package(mica REQUIRED CONFIG COMPONENTS absent)\n")
    execute_process(COMMAND "${CMAKE_COMMAND}" -S "${WORK_DIR}/absent" -B "${WORK_DIR}/absent/build" -G "${GENERATOR}"
        "-DCMAKE_CXX_COMPILER=${COMPILER}" "${where}" OUTPUT_QUIET ERROR_VARIABLE error)
    if(NOT error MATCHES "there is no mica::absent")
        message(FATAL_ERROR "a target that is not there was not named: ${error}")
    endif()
endif()

run("the consumer" "${WORK_DIR}/build/consumer")
if(NOT output MATCHES "^mica ([0-9.]+) stored a Porsche\n$")
    message(FATAL_ERROR "the consumer said: ${output}")
endif()
if(DEFINED version AND NOT version MATCHES "^${CMAKE_MATCH_1}\\.")
    message(FATAL_ERROR "pkg-config said version ${version}, and the header ${CMAKE_MATCH_1}")
endif()
