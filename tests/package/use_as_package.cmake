# SPDX-License-Identifier: BSL-1.0
# Builds and runs examples/consumer with mica as WAY says, find_package (of an installed mica) or add_subdirectory, linking
# TARGET.
cmake_minimum_required(VERSION 3.25)

function(run what)
    execute_process(COMMAND ${ARGN} RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE output)
    if(NOT status EQUAL 0)
        message(FATAL_ERROR "${what} failed (${status}):\n${output}")
    endif()
endfunction()

file(REMOVE_RECURSE "${WORK_DIR}")
if(WAY STREQUAL "find_package")
    run("install" "${CMAKE_COMMAND}" --install "${MICA_BINARY_DIR}" --prefix "${WORK_DIR}/prefix")
    set(where "-DCMAKE_PREFIX_PATH=${WORK_DIR}/prefix")
else()
    set(where "-DMICA_SOURCE_DIR=${MICA_SOURCE_DIR}")
endif()

run("configuring the consumer" "${CMAKE_COMMAND}" -S "${MICA_SOURCE_DIR}/examples/consumer" -B "${WORK_DIR}/build"
    -G "${GENERATOR}" "-DCMAKE_CXX_COMPILER=${COMPILER}" "-DMICA_TARGET=${TARGET}" "${where}")
run("building the consumer" "${CMAKE_COMMAND}" --build "${WORK_DIR}/build" --parallel 1)
run("the consumer" "${WORK_DIR}/build/consumer")
