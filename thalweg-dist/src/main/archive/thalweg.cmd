@echo off
rem Starts Thalweg on Windows (untested). Needs a Java runtime (17 or later): that of JAVA_HOME, else 'java' on the PATH.
setlocal
set LIB=%~dp0lib
set JAVA=java
if defined JAVA_HOME set JAVA="%JAVA_HOME%\bin\java"
where /q java
if not defined JAVA_HOME if errorlevel 1 goto missing
if defined JAVA_HOME if not exist "%JAVA_HOME%\bin\java.exe" goto missing
%JAVA% "@%LIB%\java.options" -cp "%LIB%\*" org.thalweg.cli.Main %*
exit /b %ERRORLEVEL%

:missing
echo thalweg: no Java runtime at %JAVA%; install Java 17 or later, or set JAVA_HOME to its folder. 1>&2
exit /b 2
