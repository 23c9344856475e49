# SPDX-License-Identifier: BSL-1.0
# cmake -DCOMPILER= -DSOURCE= [-DFAULT=<name>] [-DINCLUDES=] [-DPRECOMPILED=] -P RunCompileFail.cmake
# SOURCE must compile as it stands. With a FAULT it must fail with that fault's sentence as the first error, in few lines.
# With -DHEADER= instead of a SOURCE it makes PRECOMPILED.gch, with which each run takes a quarter of the time.
cmake_minimum_required(VERSION 3.25)
set(ENV{LC_ALL} C)
set(max_lines 25)

set(command "${COMPILER}" -std=c++20 -fdiagnostics-color=never)
foreach(directory IN LISTS INCLUDES)
    # Naming the compiler's own directory again would move it in the search order and break #include_next.
    if(NOT directory STREQUAL "/usr/include")
        list(APPEND command "-I${directory}")
    endif()
endforeach()
if(HEADER)
    execute_process(COMMAND ${command} ${PRECOMPILE_OPTIONS} -w -x c++-header "${HEADER}" -o "${PRECOMPILED}.gch"
        COMMAND_ERROR_IS_FATAL ANY)
    return()
endif()

file(READ "${SOURCE}" text)
# A file that includes a narrower header than the precompiled one may be about what that header does not bring.
if(PRECOMPILED AND (text MATCHES "#include <mica/mica\\.hpp>" OR NOT text MATCHES "#include <mica/"))
    list(APPEND command -include "${PRECOMPILED}")
endif()
list(APPEND command -fsyntax-only "${SOURCE}")

if(NOT FAULT)
    string(REGEX REPLACE "// error: [^\n]+" "// error:" form "${text}")
    string(REGEX MATCHALL "// error:" sentences "${form}")
    string(REGEX MATCHALL "FAULT_[A-Za-z0-9_]+" faults "${form}")
    string(REGEX MATCHALL "// error:\n#if[^\n]* FAULT_" cases "${form}")
    list(LENGTH sentences sentence_count)
    list(LENGTH faults fault_count)
    list(LENGTH cases case_count)
    list(REMOVE_DUPLICATES faults)
    list(LENGTH faults distinct_count)
    if(case_count EQUAL 0 OR NOT "${sentence_count};${fault_count};${distinct_count}" STREQUAL
            "${case_count};${case_count};${case_count}")
        message(FATAL_ERROR "each fault is named once, below its '// error: <regex>': "
            "${SOURCE} has ${sentence_count} sentences, ${distinct_count} faults named ${fault_count} times")
    endif()

    execute_process(COMMAND ${command} RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE output)
    if(NOT status EQUAL 0)
        message(FATAL_ERROR "the accepted twins do not compile:\n${output}")
    endif()
    return()
endif()

if(NOT text MATCHES "// error: ([^\n]+)\n#if[^\n]* FAULT_${FAULT}[ \n]")
    message(FATAL_ERROR "${SOURCE} has no fault called ${FAULT}")
endif()
set(expected "${CMAKE_MATCH_1}")

execute_process(COMMAND ${command} -DFAULT "-DFAULT_${FAULT}"
    RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE output)
if(status EQUAL 0)
    message(FATAL_ERROR "the fault compiles, but must fail with: ${expected}")
endif()
string(REGEX MATCH "[^\n]*(: (fatal )?error: |static assertion failed)[^\n]*" first "${output}")
if(NOT first MATCHES "${expected}")
    message(FATAL_ERROR "the first error is not the expected one\nexpected: ${expected}\nfirst:    ${first}\n${output}")
endif()
string(REGEX MATCHALL "(error: |static assertion failed)[^\n]*mica: " said "${output}")
list(LENGTH said sentences)
if(sentences GREATER 1)
    message(FATAL_ERROR "${sentences} sentences where one says it all:\n${output}")
endif()
string(REGEX MATCHALL "\n" line_ends "${output}")
list(LENGTH line_ends lines)
if(lines GREATER max_lines)
    message(FATAL_ERROR "${lines} lines of output, at most ${max_lines} are readable:\n${output}")
endif()
