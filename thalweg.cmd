@echo off
rem Runs Thalweg from a checkout on Windows (untested): builds what is missing, then starts the program.
rem Delete thalweg-cli\target\built after changing a source.
setlocal
set HOME_DIR=%~dp0
set LIB=%HOME_DIR%thalweg-cli\target\lib
set STAMP=%HOME_DIR%thalweg-cli\target\built
set JAVA=java
if defined JAVA_HOME set JAVA="%JAVA_HOME%\bin\java"
if exist "%STAMP%" goto run
echo thalweg: building (the first build fetches about 150 MB) ... 1>&2
pushd "%HOME_DIR%"
call mvn -B -q -pl thalweg-cli -am -Dmaven.test.skip=true -Dspotless.check.skip=true package
if errorlevel 1 (
    echo thalweg: the build failed; its output is above. 1>&2
    popd
    exit /b 1
)
popd
type nul > "%STAMP%"
:run
%JAVA% "@%HOME_DIR%thalweg-cli\src\main\launcher\java.options" -cp "%HOME_DIR%thalweg-cli\target\classes;%LIB%\*" org.thalweg.cli.Main %*
exit /b %ERRORLEVEL%
