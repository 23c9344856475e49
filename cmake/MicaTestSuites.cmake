# SPDX-License-Identifier: BSL-1.0
# mica_add_suites(<target> [<cost>]): a test of ctest for each suite of this GoogleTest program, <target>.<suite>, labelled
# <target>. The costlier starts first.
# A process for each of the thousands of tests would take longer than all of them together.
set(mica_list_suites "${CMAKE_CURRENT_LIST_DIR}/ListTestSuites.cmake")

function(mica_add_suites target)
    set(cost 0)
    if(ARGC GREATER 1)
        set(cost ${ARGV1})
    endif()
    set(script "${CMAKE_CURRENT_BINARY_DIR}/${target}_suites.cmake")
    file(GENERATE OUTPUT "${script}"
        CONTENT "set(target ${target})\nset(cost ${cost})\nset(program [==[$<TARGET_FILE:${target}>]==])\ninclude([==[${mica_list_suites}]==])\n")
    set_property(DIRECTORY APPEND PROPERTY TEST_INCLUDE_FILES "${script}")
endfunction()
