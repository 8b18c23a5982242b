/** What chapter 11 of the course demands. */
package org.spikelet.app.learn.chapter11;
