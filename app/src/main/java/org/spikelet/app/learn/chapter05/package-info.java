/** What chapter 5 of the course demands. */
package org.spikelet.app.learn.chapter05;
